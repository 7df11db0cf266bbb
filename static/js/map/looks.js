/**
 * How areas are coloured by a figure, as the drawing of the server says it: the map with a script and the one without it cannot differ,
 * and no figure is sent twice.
 *
 * @typedef {object} Look
 * @property {string} face    class of the face: "class-3", "no-value"
 * @property {string} figure  what stands under the name, or ""
 * @property {string} words   name and figure in words
 */

/** @param {ParentNode} sheet @returns {Map<string, Look>} by the word of the area; empty when the map has one colour */
export function looksOf(sheet) {
  const coloured = [...sheet.querySelectorAll("#map-drawing a[data-face]")];
  return new Map(
    coloured.map((link) => [
      link.dataset.area,
      { face: link.dataset.face, figure: link.dataset.figure, words: link.getAttribute("aria-label") },
    ]),
  );
}
