// Small helpers of every page; the page works without them.

import "./dialog.js";
import "./notices.js";

const MENU = "details.site-menu";

function closeMenus(except) {
  for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest(MENU)));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector(`${MENU}[open]`);
  if (!open) return;
  const inside = open.contains(document.activeElement);
  open.open = false;
  if (inside) open.querySelector("summary").focus();
});

// A summary of errors is read first.
export function focusFirst(root) {
  root.querySelector("[data-focus-first]")?.focus();
}

focusFirst(document);
document.addEventListener("htmx:afterSwap", (event) => focusFirst(event.target));

// A form is sent once: its button says that it is busy.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button?.matches(".button") || event.target.getAttribute("method")?.toLowerCase() !== "post") return;
  if (button.dataset.busy === "true") {
    event.preventDefault();
    return;
  }
  button.dataset.busy = "true";
  button.classList.add("button--busy");
  button.setAttribute("aria-busy", "true");
});

// Back from the next page (or from a download): the button works again.
function rest() {
  for (const button of document.querySelectorAll("[data-busy]")) {
    delete button.dataset.busy;
    button.classList.remove("button--busy");
    button.removeAttribute("aria-busy");
  }
}

window.addEventListener("pageshow", rest);
document.addEventListener("htmx:afterRequest", rest);

// Buttons that print the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// What is left open in a filter stays out of the address.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form.filter")) return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters, verb } = event.detail;
  if (verb !== "get") return;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});
