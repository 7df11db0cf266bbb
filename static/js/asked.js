// Questions that are asked only after a certain answer are hidden until it is given. Without this script all are shown, and each says
// when it counts; what is answered to one that is not asked, the server leaves out either way.

const ASKED = "[data-asked-after]";

/** The keys of what is answered to a question; none while it is not asked itself. */
function answered(form, name) {
  const chosen = new Set();
  let other = false;
  for (const input of form.elements) {
    if (input.closest(".field")?.hidden) continue;
    if (input.name === name && input.checked) chosen.add(input.value);
    if (input.name === `${name}_other` && input.value.trim()) other = true;
  }
  if (other && !chosen.size) chosen.add("other");
  return chosen;
}

/** Show what is asked after the answers that there are, in the order of the questions: one may wait for another. */
function show(form) {
  for (const input of form.querySelectorAll(ASKED)) {
    const given = answered(form, input.dataset.askedAfter);
    input.closest(".field").hidden = !JSON.parse(input.dataset.askedOf).some((key) => given.has(key));
  }
}

for (const form of document.forms) {
  if (!form.querySelector(ASKED)) continue;
  form.addEventListener("input", () => show(form));
  show(form);
}
