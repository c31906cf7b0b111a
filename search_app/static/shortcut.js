// Shortcut: "/" goes to the search box, from anywhere but a field in which something is typed. Whose voice input or
// keyboard sends "/" by itself can turn it off on the help page (WCAG 2.1.4); the browser keeps that.

const KEY = "shortcut.off";
const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
const box = document.getElementById("q");
const setting = document.getElementById("shortcut-setting");
let on = read();

// Where a policy forbids storage, the choice is good for this page.
function read() {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return true;
  }
}

function turn(event) {
  on = event.target.checked;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "1");
  } catch {}
}

function goToBox(event) {
  if (!on || event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.defaultPrevented || event.target.closest?.(FIELDS)) return;
  event.preventDefault();
  box.focus();
  box.select();
}

if (box) document.addEventListener("keydown", goToBox);
if (setting) {
  const tick = setting.querySelector("input");
  tick.checked = on;
  tick.addEventListener("change", turn);
  setting.hidden = false;
}
