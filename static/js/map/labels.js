/** Names on the map: in the serif with a halo, beside the symbols, and left out where they would run into each other. */

const L = window.L;
const ROOM = 4; // pixels between two names
const STEPS = [0, -13, 13, -26, 26, -40, 40]; // pixels from the middle of its area, each way, that a name may move
const PLACES = STEPS.flatMap((down) => STEPS.map((right) => ({ right, down }))).sort((one, other) => far(one) - far(other));

export class Labels {
  /**
   * @param {L.Map} map
   * @param {string} pane
   * @param {(slug: string) => SVGGeometryElement | null} face the drawn area of a name
   */
  constructor(map, pane, face) {
    this.map = map;
    this.face = face;
    this.pane = pane;
    this.group = L.layerGroup().addTo(map);
    map.on("zoomend moveend resize things", () => this.place());
  }

  /** @param {{name: string, slug: string, at: [number, number], size: number}[]} names larger areas first get their place first */
  show(names) {
    this.group.clearLayers();
    this.names = [...names].sort((one, other) => other.size - one.size);
    for (const name of this.names) {
      const label = document.createElement("span");
      name.figure = Object.assign(document.createElement("span"), { className: "map-name__figure" });
      name.words = Object.assign(document.createElement("span"), { textContent: name.name });
      label.append(name.words, name.figure);
      const icon = L.divIcon({ className: "map-name", html: label, iconSize: [0, 0] });
      name.marker = L.marker(name.at, { icon, pane: this.pane, interactive: false, keyboard: false });
      name.marker.addTo(this.group);
      name.marker.getElement().setAttribute("aria-hidden", "true");
      name.label = label;
    }
    this.colour(this.looks ?? new Map());
  }

  /** @param {Map<string, import("./looks.js").Look>} looks by the word of the area */
  colour(looks) {
    this.looks = looks;
    for (const { slug, label, figure } of this.names ?? []) {
      const look = looks.get(slug);
      label.className = look ? `map-name__text on-${look.face}` : "map-name__text";
      figure.textContent = look?.figure ?? "";
    }
    this.place();
  }

  /** @param {string} chosen its name comes first */
  choose(chosen) {
    this.chosen = chosen;
    this.place();
  }

  /**
   * Every name with its figure in the nearest place where it meets no symbol and no other name, within its area if it fits, else the
   * figure alone; the chosen one stays anyhow.
   */
  place() {
    const taken = this.#symbols();
    const first = (name) => (name.slug === this.chosen ? 0 : 1);
    for (const name of [...(this.names ?? [])].sort((one, other) => first(one) - first(other))) {
      name.label.hidden = false;
      name.words.hidden = false;
      const middle = this.map.latLngToContainerPoint(name.at);
      let { size, place, free } = this.#found(name, middle, taken);
      if (!place && name.figure.textContent) {
        name.words.hidden = true;
        const alone = this.#found(name, middle, taken);
        if (alone.place) ({ size, place } = alone);
        else name.words.hidden = false;
      }
      place ??= free[0] ?? (name.slug === this.chosen ? PLACES[0] : null);
      name.label.hidden = !place;
      if (!place) continue;
      name.label.style.marginTop = `${place.down}px`;
      name.label.style.marginLeft = `${place.right}px`;
      taken.push(boxAt(middle, place, size));
    }
  }

  /** How large a name is as it stands, where nothing is in its way, and the first such place on its area. */
  #found(name, middle, taken) {
    const size = [name.label.offsetWidth, name.label.offsetHeight];
    const free = PLACES.filter((place) => !taken.some((other) => meet(boxAt(middle, place, size), other)));
    return { size, free, place: this.#within(name, middle, size, free) };
  }

  /** The first place where the whole name lies on its area. */
  #within(name, middle, size, places) {
    const face = this.face(name.slug);
    if (!face?.isPointInFill || !face.ownerSVGElement) return undefined;
    const holds = (x, y) => {
      const { x: left, y: top } = this.map.containerPointToLayerPoint([x, y]);
      return face.isPointInFill(new DOMPoint(left, top));
    };
    return places.find((place) => {
      const { left, right, top, bottom } = boxAt(middle, place, size);
      const across = [left, (left + right) / 2, right];
      return across.every((x) => holds(x, top + 3) && holds(x, bottom - 3));
    });
  }

  #symbols() {
    const frame = this.map.getContainer().getBoundingClientRect();
    return [...this.map.getContainer().closest(".map-sheet__face").querySelectorAll(".map-marker .symbol, .map-buttons .button, .zoom")].map((symbol) => {
      const { left, right, top, bottom } = symbol.getBoundingClientRect();
      return { left: left - frame.left, right: right - frame.left, top: top - frame.top, bottom: bottom - frame.top };
    });
  }
}

function far({ right, down }) {
  return Math.hypot(right, down * 1.2);
}

function boxAt({ x, y }, { right, down }, [width, height]) {
  return {
    left: x + right - width / 2 - ROOM,
    right: x + right + width / 2 + ROOM,
    top: y + down - height / 2,
    bottom: y + down + height / 2,
  };
}

function meet(one, other) {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}
