// Selection: hits that are ticked stay chosen over pages and searches, in this browser only; nothing is sent until a
// link of the bar is followed. Without this module the buttons below the list take the ticks of the page.

const KEY = "selection.ids";

const few = document.createElement("span");
const clear = document.createElement("button");
let form, boxes, said, links;
let most, compared; // as the service takes them
let chosen = [];

function makeLink(text, address) {
  const link = document.createElement("a");
  link.textContent = text;
  link.dataset.address = address;
  return link;
}

function isIds(value) {
  return Array.isArray(value) && value.every((id) => typeof id === "string" && id);
}

// Where a policy forbids storage, or something else wrote there, the ticks of this page are the selection.
function read() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    if (isIds(stored)) chosen = [...new Set(stored)].slice(0, most);
  } catch {}
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen));
  } catch {}
}

function show() {
  for (const box of boxes) box.checked = chosen.includes(box.value);
  form.hidden = chosen.length === 0;
  form.querySelector(".selection-count").textContent = `${chosen.length}件を選んでいます`;
  const ids = chosen.map(encodeURIComponent).join(",");
  for (const link of Object.values(links)) link.href = `${link.dataset.address}?ids=${ids}`;
  const comparable = chosen.length >= compared[0] && chosen.length <= compared[1];
  links.compare.hidden = !comparable;
  few.hidden = comparable;
}

function change(event) {
  const box = event.target;
  read();
  chosen = chosen.filter((id) => id !== box.value);
  const full = box.checked && chosen.length >= most;
  if (box.checked && !full) chosen.push(box.value);
  keep();
  show();
  said.textContent = full ? `選べるのは${most}件までです` : `${chosen.length}件を選んでいます`;
}

function clearAll() {
  chosen = [];
  keep();
  show();
  said.textContent = "選択を解除しました";
  document.getElementById("results").focus();
}

function refresh() {
  read();
  show();
}

// Takes hold of the bar and the boxes: of the page, and of the results that take the place of others.
function start() {
  form = document.getElementById("selection");
  if (!form) return;
  most = Number(form.dataset.most);
  compared = [form.dataset.leastCompared, form.dataset.mostCompared].map(Number);
  few.textContent = `比べられるのは${compared.join("〜")}件`;
  boxes = [...document.querySelectorAll('input[name="ids"]')];
  said = document.getElementById("selection-said");
  links = {
    list: makeLink("一覧にする", form.action),
    compare: makeLink("比べる", form.querySelector("[formaction]").formAction),
  };
  form.querySelector(".selection-ways").replaceChildren(links.list, links.compare, few, clear);
  form.classList.add("follows");
  for (const box of boxes) box.addEventListener("change", change);
  refresh();
}

few.className = "hint";
clear.type = "button";
clear.className = "selection-clear";
clear.textContent = "選択を解除";
clear.addEventListener("click", clearAll);
addEventListener("storage", () => form && refresh()); // another tab
addEventListener("pageshow", () => form && refresh()); // the back button
document.addEventListener("results:shown", start);
start();
