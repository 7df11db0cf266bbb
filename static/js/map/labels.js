/** Names on the map: in the serif with a halo, beside the symbols, and left out where they would run into each other. */

const L = window.L;
const ROOM = 4; // pixels between two names
const PLACES = [0, -26, 26, -44, 44]; // where a name may stand, up or down from the middle of its area

export class Labels {
  /** @param {L.Map} map @param {string} pane */
  constructor(map, pane) {
    this.map = map;
    this.pane = pane;
    this.group = L.layerGroup().addTo(map);
    map.on("zoomend moveend resize pins", () => this.place());
  }

  /** @param {{name: string, slug: string, at: [number, number], size: number}[]} names larger areas first get their place first */
  show(names) {
    this.group.clearLayers();
    this.names = [...names].sort((one, other) => other.size - one.size);
    for (const name of this.names) {
      const label = document.createElement("span");
      label.className = "map-name__text";
      label.textContent = name.name;
      const icon = L.divIcon({ className: "map-name", html: label, iconSize: [0, 0] });
      name.marker = L.marker(name.at, { icon, pane: this.pane, interactive: false, keyboard: false });
      name.marker.addTo(this.group);
      name.marker.getElement().setAttribute("aria-hidden", "true");
      name.label = label;
    }
    this.place();
  }

  /** @param {string} chosen its name comes first */
  choose(chosen) {
    this.chosen = chosen;
    this.place();
  }

  /** Every name in the first place where it meets no symbol and no other name; the chosen one stays anyhow. */
  place() {
    const taken = this.#symbols();
    const first = (name) => (name.slug === this.chosen ? 0 : 1);
    for (const name of [...(this.names ?? [])].sort((one, other) => first(one) - first(other))) {
      name.label.hidden = false;
      const boxes = PLACES.map((down) => this.#box(name, down));
      const free = boxes.findIndex((box) => !taken.some((other) => meet(box, other)));
      const chosen = free < 0 && name.slug === this.chosen ? 0 : free;
      name.label.hidden = chosen < 0;
      if (chosen < 0) continue;
      name.label.style.marginTop = `${PLACES[chosen]}px`;
      taken.push(boxes[chosen]);
    }
  }

  #box(name, down) {
    const { x, y } = this.map.latLngToContainerPoint(name.at);
    const [width, height] = [name.label.offsetWidth, name.label.offsetHeight];
    return {
      left: x - width / 2 - ROOM,
      right: x + width / 2 + ROOM,
      top: y + down - height / 2,
      bottom: y + down + height / 2,
    };
  }

  #symbols() {
    const frame = this.map.getContainer().getBoundingClientRect();
    return [...this.map.getContainer().querySelectorAll(".map-marker .symbol")].map((symbol) => {
      const { left, right, top, bottom } = symbol.getBoundingClientRect();
      return { left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top };
    });
  }
}

function meet(one, other) {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}
