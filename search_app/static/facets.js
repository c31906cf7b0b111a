// Facets: a choice is applied at once on a wide screen, and long lists get a box to filter them by.
// Without this module, and on a phone where several choices are made in the drawer, the button 「絞り込む」 applies them.

const wide = matchMedia("(min-width: 60rem)");

function apply(event) {
  const control = event.target;
  const form = control.closest("#search");
  if (!form || !control.matches("[type=checkbox], select")) return;
  // An area of two prefectures is listed below both: one choice, two boxes.
  for (const box of form.querySelectorAll("[type=checkbox]")) {
    if (box.name === control.name && box.value === control.value) box.checked = control.checked;
  }
  if (wide.matches) form.requestSubmit();
}

function narrow(box) {
  const wanted = box.value.normalize("NFKC").trim();
  for (const item of box.parentElement.querySelectorAll(":scope > ul > li")) {
    item.hidden = !item.textContent.normalize("NFKC").includes(wanted);
  }
}

// Nothing moves: the boxes stand in what is still closed.
function addFilters() {
  for (const more of document.querySelectorAll("#search .more")) {
    const box = document.createElement("input");
    box.type = "search";
    box.className = "filter";
    box.placeholder = "一覧を文字で絞る";
    const name = more.closest("fieldset").querySelector("legend").textContent;
    box.setAttribute("aria-label", `${name}の一覧を文字で絞る`);
    box.addEventListener("input", () => narrow(box));
    box.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && event.preventDefault());
    more.querySelector("summary").after(box);
  }
}

document.addEventListener("change", apply);
document.addEventListener("results:shown", addFilters);
// The back button: what is ticked must be what the address says, not what was ticked when the page was left.
addEventListener("pageshow", (event) => event.persisted && document.getElementById("search").reset());
addFilters();
