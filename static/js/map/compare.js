/** Two maps and a table: what is pointed at or focused in one is marked in all three. */

const parts = new Map();
for (const part of document.querySelectorAll("[data-area]")) {
  const { area } = part.dataset;
  parts.set(area, [...(parts.get(area) ?? []), part]);
}

/** @param {string | undefined} slug none marks nothing */
function mark(slug) {
  for (const [area, all] of parts) for (const part of all) part.classList.toggle("is-marked", area === slug);
}

const areaOf = (event) => event.target.closest?.("[data-area]")?.dataset.area;
for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => mark(areaOf(event)));
document.addEventListener("focusout", () => mark(undefined));
