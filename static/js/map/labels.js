/** Names on the map: set in the serif with a halo, left out where they would run into each other or out of the frame. */

const L = window.L;
const ROOM = 4; // pixels between two names

export class Labels {
  /** @param {L.Map} map @param {string} pane */
  constructor(map, pane) {
    this.map = map;
    this.pane = pane;
    this.group = L.layerGroup().addTo(map);
    map.on("zoomend moveend resize", () => this.place());
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

  place() {
    const taken = [];
    const first = (name) => (name.slug === this.chosen ? 0 : 1);
    for (const name of [...(this.names ?? [])].sort((one, other) => first(one) - first(other))) {
      name.label.hidden = false;
      const width = name.label.offsetWidth;
      const height = name.label.offsetHeight;
      const middle = this.map.latLngToContainerPoint(name.at);
      const box = {
        left: middle.x - width / 2 - ROOM,
        right: middle.x + width / 2 + ROOM,
        top: middle.y - height / 2,
        bottom: middle.y + height / 2,
      };
      const meets = (other) =>
        box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
      name.label.hidden = taken.some(meets);
      if (!name.label.hidden) taken.push(box);
    }
  }
}
