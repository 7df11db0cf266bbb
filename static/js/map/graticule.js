/** The lines of the atlas: meridians and parallels with their degrees at the edge of the sheet. */

const L = window.L;
const STEPS = [0.25, 0.5, 1, 2, 5, 10, 30, 60]; // minutes
const APART = 90; // pixels at least

export class Graticule {
  /** @param {L.Map} map @param {string} pane */
  constructor(map, pane) {
    this.map = map;
    this.pane = pane;
    this.group = L.layerGroup().addTo(map);
    map.on("moveend zoomend resize", () => this.draw());
    this.draw();
  }

  draw() {
    const bounds = this.map.getBounds();
    const size = this.map.getSize();
    if (!size.x || !size.y) return;
    this.group.clearLayers();
    const step = this.#step(bounds, size.x);
    const [west, east, south, north] = [bounds.getWest(), bounds.getEast(), bounds.getSouth(), bounds.getNorth()];
    for (const lon of every(step, west, east)) {
      this.#line([[south, lon], [north, lon]]);
      this.#degree([south, lon], degrees(lon), "map-degree map-degree--below");
    }
    for (const lat of every(step, south, north)) {
      this.#line([[lat, west], [lat, east]]);
      this.#degree([lat, west], degrees(lat), "map-degree map-degree--left");
    }
  }

  #step(bounds, width) {
    const minutes = (bounds.getEast() - bounds.getWest()) * 60;
    return STEPS.find((step) => (width / minutes) * step >= APART) ?? STEPS.at(-1);
  }

  #line(points) {
    L.polyline(points, { pane: this.pane, className: "graticule", interactive: false }).addTo(this.group);
  }

  #degree(at, words, className) {
    const html = document.createElement("span");
    html.textContent = words;
    const icon = L.divIcon({ className, html, iconSize: [0, 0] });
    const marker = L.marker(at, { icon, pane: this.pane, interactive: false, keyboard: false }).addTo(this.group);
    marker.getElement().setAttribute("aria-hidden", "true");
  }
}

function* every(minutes, from, to) {
  const first = Math.ceil((from * 60) / minutes);
  const last = Math.floor((to * 60) / minutes);
  for (let n = first; n <= last; n += 1) yield (n * minutes) / 60;
}

function degrees(value) {
  const total = Math.round(Math.abs(value) * 3600);
  const [whole, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const two = (number) => String(number).padStart(2, "0");
  return `${whole}°${two(minutes)}′${seconds ? `${two(seconds)}″` : ""}`;
}
