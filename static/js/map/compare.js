/** Two maps and a table: what is pointed at or focused in one is marked in all three. */

const parts = new Map();
for (const part of document.querySelectorAll("[data-area]")) {
  const { area } = part.dataset;
  parts.set(area, [...(parts.get(area) ?? []), part]);
}

/** What is marked by the pointer and what by the keyboard: the one does not undo the other. */
const chosen = { pointer: undefined, focus: undefined };

function mark() {
  const slugs = Object.values(chosen);
  for (const [area, all] of parts) for (const part of all) part.classList.toggle("is-marked", slugs.includes(area));
}

for (const [name, by] of [["pointerover", "pointer"], ["focusin", "focus"], ["focusout", "focus"]]) {
  document.addEventListener(name, (event) => {
    chosen[by] = name === "focusout" ? undefined : event.target.closest?.("[data-area]")?.dataset.area;
    mark();
  });
}
