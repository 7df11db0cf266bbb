// Goals that fold: on a phone only the first one is open, and a link to what lies inside one opens it. Without this script all are open.

const NARROW = "(max-width: 39.99rem)";

/** Close what folds on a phone. */
function fold() {
  if (!matchMedia(NARROW).matches) return;
  for (const one of document.querySelectorAll("details[data-folds]")) one.open = false;
}

/** Open all that lies around what the address names, and go there. */
function unfold() {
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  const inside = named.querySelector(":scope > details");
  if (inside) inside.open = true;
  for (let one = named.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  named.scrollIntoView();
}

fold();
unfold();
addEventListener("hashchange", unfold);
