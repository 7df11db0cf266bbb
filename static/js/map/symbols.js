/** The signs of the sprite, as the map draws them. */

const SVG = "http://www.w3.org/2000/svg";

/** @param {string} symbol @param {boolean} approximate */
export function drawSymbol(symbol, approximate) {
  const className = `symbol symbol-${symbol}${approximate ? " symbol-approximate" : ""}`;
  const svg = shape("svg", { class: className, width: 26, height: 26, "aria-hidden": "true" });
  shape("use", { href: `#t-${symbol}` }, svg);
  return svg;
}

const FULL = ["begun", "done"];
const SMALL_FROM = 3; // digits

/** The numbered sign of what is planned. @param {string} symbol @param {string} look @param {string | number} number */
export function drawSign(symbol, look, number) {
  const svg = shape("svg", { class: `symbol symbol-${symbol} map-sign`, width: 30, height: 30, viewBox: "0 0 24 24", "aria-hidden": "true" });
  shape("use", { href: `#a-${look}` }, svg);
  const small = String(number).length >= SMALL_FROM ? " sign__small" : "";
  shape("text", { class: `sign__on-${FULL.includes(look) ? "full" : "open"}${small}`, x: 12, y: 18.8 }, svg).textContent = String(number);
  return svg;
}

/** Several together, with their number. @param {string} symbol @param {number} count */
export function drawGroup(symbol, count) {
  const width = count > 99 ? 38 : count > 9 ? 30 : 26;
  const svg = shape("svg", {
    class: `symbol symbol-${symbol} symbol--group`, width, height: 26, viewBox: `0 0 ${width} 26`, "aria-hidden": "true",
  });
  shape("rect", { class: "cluster", x: 1, y: 1, width: width - 2, height: 24 }, svg);
  shape("text", { class: "cluster__count", x: width / 2, y: 18 }, svg).textContent = String(count);
  return svg;
}

function shape(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}
