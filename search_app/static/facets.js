// Facets: a choice is applied at once on a wide screen, and the reader stays where the choice was made.
// Without this module, and on a phone where several choices are made in the drawer, the button 「絞り込む」 applies them.

const KEY = "facets.last";
const form = document.getElementById("search");
const wide = matchMedia("(min-width: 60rem)");

const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];
const twins = (name, value) => boxes().filter((box) => box.name === name && box.value === value);

function apply(event) {
  const box = event.target;
  if (box.type !== "checkbox") return;
  // An area of two prefectures is listed below both: one choice, two boxes.
  const same = twins(box.name, box.value);
  for (const twin of same) twin.checked = box.checked;
  if (!wide.matches) return;
  const { name, value } = box;
  keep(JSON.stringify({ name, value, index: same.indexOf(box), top: scrollY }));
  form.requestSubmit();
}

// Where a policy forbids storage, a choice is applied all the same; only the place on the page is lost.
function keep(place) {
  try {
    sessionStorage.setItem(KEY, place);
  } catch {}
}

function takeBack() {
  try {
    const place = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return place;
  } catch {
    return null;
  }
}

function comeBack() {
  const saved = takeBack();
  if (!saved) return;
  const { name, value, index, top } = JSON.parse(saved);
  const box = twins(name, value)[index] ?? twins(name, value)[0];
  if (!box) return;
  for (let at = box.closest("details"); at; at = at.parentElement.closest("details")) {
    if (!at.classList.contains("drawer")) at.open = true;
  }
  scrollTo({ top, behavior: "instant" });
  box.focus({ preventScroll: true });
}

form.addEventListener("change", apply);
// The back button: what is ticked must be what the address says, not what was ticked when the page was left.
addEventListener("pageshow", (event) => event.persisted && form.reset());
comeBack();
