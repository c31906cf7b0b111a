// Results: another choice, order, view or page of a search is shown in place, without loading the page anew. The focus
// stays where it was, the count is read out, and the back button goes through what was seen. Whatever goes wrong, the
// address is opened as it would be without this module.

let asked = new AbortController();
let shown = location.pathname + location.search;

const partsOf = (page) => new Map([...page.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
const labelOf = (list) => list?.closest("[aria-label]")?.getAttribute("aria-label");

// What is open stays open; names of what can be opened, as they are the same on the next page.
function nameOf(details) {
  const value = details.closest("li")?.querySelector("input")?.value ?? "";
  return [details.className, value, details.closest("fieldset")?.querySelector("legend").textContent].join("\t");
}

// Gives a function that finds on the next page what has the focus on this one.
function remember(element) {
  if (!element?.closest("[data-part]")) return () => null;
  if (element.matches("input, select")) {
    const same = () =>
      [...document.querySelectorAll("#search :is(input, select)")].filter(
        (each) => each.name === element.name && (each.type !== "checkbox" || each.value === element.value),
      );
    const index = same().indexOf(element);
    return () => same()[index] ?? same()[0];
  }
  if (element.matches(".opener")) {
    return () => document.querySelector(`#search [value="${CSS.escape(element.value)}"]`)?.closest("li").querySelector("summary");
  }
  const item = element.closest("li");
  const label = labelOf(item);
  if (!label) return () => document.getElementById("results");
  const index = [...item.parentElement.children].indexOf(item);
  return () => {
    const items = [...document.querySelectorAll(`[aria-label="${label}"] li`)];
    return items[Math.min(index, items.length - 1)]?.firstElementChild ?? document.getElementById("results");
  };
}

function replace(page) {
  const parts = partsOf(document);
  const others = partsOf(page);
  if (![...parts.keys()].every((name) => others.has(name))) throw new Error("another kind of page");
  for (const [name, part] of parts) {
    const other = others.get(name);
    if (part.localName === "link") part.setAttribute("href", other.getAttribute("href"));
    else part.replaceChildren(...other.childNodes);
  }
  document.title = page.title;
  const [box, typed] = [document.getElementById("q"), page.getElementById("q")];
  box.defaultValue = typed.defaultValue;
  if (box !== document.activeElement) box.value = typed.value;
  box.closest("search").className = page.querySelector("search").className;
}

async function load(url, signal) {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Shows the results at an address. `toResults`: the reader goes on to the hits, and nothing that was opened stays open;
// `scroll`: and the screen does too.
async function show(url, { push = true, toResults = false, scroll = toResults, top = null } = {}) {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  document.getElementById("results").setAttribute("aria-busy", "true");
  try {
    const page = await load(url, signal);
    const find = remember(document.activeElement);
    const open = new Set([...document.querySelectorAll("details[open]")].map(nameOf));
    if (push) history.replaceState({ top: scrollY }, "");
    replace(page);
    if (push) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    document.dispatchEvent(new Event("results:shown"));
    const results = document.getElementById("results");
    if (toResults) {
      results.focus({ preventScroll: true });
      if (scroll) results.scrollIntoView();
      return;
    }
    for (const each of document.querySelectorAll("details")) each.open ||= open.has(nameOf(each));
    focusOn(find());
    if (top !== null) scrollTo({ top, behavior: "instant" });
  } catch (error) {
    if (signal.aborted) return;
    if (push) location.assign(url);
    else location.reload();
  }
}

function focusOn(element) {
  if (!element) return;
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) {
    if (!at.classList.contains("drawer")) at.open = true;
  }
  if (element.matches("span")) element.tabIndex = -1; // where the reader is: no link
  element.focus({ preventScroll: true });
}

function follow(event) {
  const link = event.target.closest("[data-part] a[href]");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !plain || event.defaultPrevented || link.target || link.hash) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname) return;
  event.preventDefault();
  show(url, { toResults: Boolean(link.closest(".pages, .empty")) });
}

function submit(event) {
  const form = event.target;
  if (form.id !== "search" || event.defaultPrevented) return;
  event.preventDefault();
  const url = new URL(form.action);
  const { submitter } = event;
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  if (submitter?.name) url.searchParams.set(submitter.name, submitter.value);
  const fromBox = document.activeElement.closest("search.box");
  show(url, { toResults: Boolean(fromBox || submitter?.closest(".apply")), scroll: !fromBox });
}

document.addEventListener("click", follow);
document.addEventListener("submit", submit);
addEventListener("popstate", ({ state }) => {
  if (shown === location.pathname + location.search) return; // to another place of this page
  show(location.href, { push: false, top: state?.top ?? null });
});
