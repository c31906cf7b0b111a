// Suggestions: the search box becomes a combobox (ARIA Authoring Practices: list autocomplete with manual selection).
// What is typed stays as it is until an option is chosen; without this module the box is a plain box.

const WAIT = 100; // milliseconds without a key before the service is asked
const LIST = "suggestions";

const box = document.getElementById("q");
const list = document.createElement("ul");
const said = document.createElement("p");
const answers = new Map(); // of this page: what was typed and is typed again need not be asked again
let timer;
let asking;
let active = -1;

const options = () => [...list.children];
const isOpen = () => !list.hidden;

function setUp() {
  list.id = LIST;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "候補");
  said.className = "vh";
  said.setAttribute("aria-live", "polite");
  box.after(list, said);
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", LIST);
  box.setAttribute("aria-expanded", "false");
  box.addEventListener("input", wait);
  box.addEventListener("keydown", press);
  box.addEventListener("blur", close);
  box.form?.addEventListener("submit", close);
  addEventListener("pageshow", close); // the back button
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => choose(event.target.closest("li")));
}

function wait() {
  stop();
  timer = setTimeout(ask, WAIT);
}

function stop() {
  clearTimeout(timer);
  asking?.abort();
}

async function ask() {
  stop();
  const typed = box.value.trim();
  if (!typed || typed.length > Number(box.dataset.mostTyped)) return close();
  const found = answers.get(typed) ?? (await fetchAnswer(typed));
  if (found && document.activeElement === box && box.value.trim() === typed) show(found);
}

// No answer, or one that came too late, is no suggestion: the box works as before.
async function fetchAnswer(typed) {
  asking = new AbortController();
  try {
    const response = await fetch(`${box.dataset.suggestions}?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
    if (!response.ok) return null;
    const { suggestions } = await response.json();
    answers.set(typed, suggestions);
    return suggestions;
  } catch {
    return null;
  }
}

function show(suggestions) {
  list.replaceChildren(...suggestions.map(makeOption));
  activate(-1);
  list.scrollTop = 0;
  setOpen(suggestions.length > 0);
  said.textContent = suggestions.length ? `候補が${suggestions.length}件あります。上下の矢印キーで選べます。` : "候補はありません。";
}

function makeOption({ text, query, label, count }, place) {
  const option = document.createElement("li");
  option.id = `${LIST}-${place}`;
  option.setAttribute("role", "option");
  option.dataset.text = query;
  const name = document.createElement("span");
  name.textContent = text;
  const about = document.createElement("span");
  about.textContent = `${label} ${count.toLocaleString("ja")}件`;
  option.append(name, " ", about);
  return option;
}

function setOpen(open) {
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
}

function close() {
  stop();
  activate(-1);
  setOpen(false);
  said.textContent = "";
}

function activate(place) {
  active = place;
  for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
  const option = list.children[place];
  if (option) {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

// From the box to the first option, from the last one back to the box, and the other way round.
function move(step) {
  const places = list.children.length + 1;
  activate(((active + 1 + step + places) % places) - 1);
}

async function step(by) {
  if (!isOpen()) await ask();
  if (isOpen()) move(by);
}

function choose(option) {
  if (!option) return;
  box.value = option.dataset.text;
  close();
  box.form.requestSubmit();
}

function press(event) {
  if (event.isComposing || event.keyCode === 229) return; // the keys belong to the input method
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && isOpen()) {
    event.preventDefault(); // the first one closes the list, the next one empties the box
    close();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    choose(list.children[active]);
  }
}

if (box) setUp();
