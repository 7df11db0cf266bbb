// The form of the opening hours: copy Monday over the week, and add a day that differs. Without this script the form works too.

const WORKING_DAYS = [1, 2, 3, 4];

/** Show the buttons that only work with a script. */
function wake(root) {
  for (const button of root.querySelectorAll("[data-copy-hours], [data-add-day]")) button.hidden = false;
}

/** What Monday says, on the other working days too. */
function copyMonday(form) {
  const monday = form.elements.namedItem("day0").value;
  for (const day of WORKING_DAYS) form.elements.namedItem(`day${day}`).value = monday;
  form.elements.namedItem("day1").focus();
}

/** One more row for a day that differs: a copy of the last one, with the next number and nothing in it. */
function addDay(form) {
  const rows = form.querySelectorAll("[data-day]");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  for (const element of row.querySelectorAll("[id], [name], [for], [aria-describedby]")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll(/(date|hours|reason)\d+/g, `$1${rows.length}`));
    }
    element.removeAttribute("aria-invalid");
  }
  for (const input of row.querySelectorAll("input")) input.value = "";
  for (const error of row.querySelectorAll(".field__errors, .field__error")) error.remove();
  for (const field of row.querySelectorAll(".field--error")) field.classList.remove("field--error");
  last.after(row);
  row.querySelector("input").focus();
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("form");
  if (event.target.closest("[data-copy-hours]")) copyMonday(form);
  if (event.target.closest("[data-add-day]")) addDay(form);
});
document.addEventListener("htmx:afterSwap", (event) => wake(event.target.parentElement ?? document));
wake(document);
