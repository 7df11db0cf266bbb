/** What is drawn: a kind and its places, each [latitude, longitude], with every step back. It knows no page and no map. */

const METRES = 111_320; // in a degree north
const DIGITS = 6;

export class Shape {
  /** @param {string} kind "point", "line", "polygon" or "" @param {[number, number][]} places */
  constructor(kind, places = []) {
    this.kind = kind;
    this.places = places;
    /** @type {{kind: string, places: [number, number][]}[]} */
    this.past = [];
  }

  /** @param {string} kind a point keeps the last place of what was drawn */
  become(kind) {
    this.#keep();
    this.kind = kind;
    if (kind === "point") this.places = this.places.slice(-1);
  }

  /** @param {[number, number]} place @param {number} [after] the place behind which it comes @returns {number} which place it is */
  add(place, after = this.places.length - 1) {
    this.#keep();
    if (this.kind === "point") {
      this.places = [rounded(place)];
      return 0;
    }
    this.places = [...this.places.slice(0, after + 1), rounded(place), ...this.places.slice(after + 1)];
    return after + 1;
  }

  /** Add a place halfway to the next one, or as far on behind the last. @param {number} after @returns {number} */
  addBetween(after) {
    const here = this.places[after];
    const isLast = after === this.places.length - 1;
    const next = isLast && this.kind === "polygon" && after > 1 ? this.places[0] : this.places[after + 1];
    return this.add(next ? [(here[0] + next[0]) / 2, (here[1] + next[1]) / 2] : shifted(here, 50, 0), after);
  }

  /** @param {number} index @param {[number, number]} place */
  move(index, place) {
    this.#keep();
    this.places = replaced(this.places, index, rounded(place));
  }

  /** @param {number} index */
  remove(index) {
    this.#keep();
    this.places = this.places.filter((_place, n) => n !== index);
  }

  /** @param {string} kind @param {[number, number][]} places */
  replace(kind, places) {
    this.#keep();
    Object.assign(this, { kind, places });
  }

  /** @returns {boolean} whether there was something to undo */
  undo() {
    const before = this.past.pop();
    if (before) Object.assign(this, before);
    return Boolean(before);
  }

  #keep() {
    this.past.push({ kind: this.kind, places: this.places });
  }
}

/** So many metres east and north of a place. @param {[number, number]} place @returns {[number, number]} */
export function shifted([lat, lon], east, north) {
  return [lat + north / METRES, lon + east / (METRES * Math.cos((lat * Math.PI) / 180))];
}

/** How far a place lies from another, in metres east and north. */
function apart([lat, lon], [otherLat, otherLon]) {
  return [(lon - otherLon) * METRES * Math.cos((otherLat * Math.PI) / 180), (lat - otherLat) * METRES];
}

/** @returns {number} metres */
export function distance(one, other) {
  return Math.hypot(...apart(one, other));
}

/** In which of eight directions a place lies from another, clockwise from north. @returns {number} */
export function direction(place, from) {
  const [east, north] = apart(place, from);
  return Math.round(Math.atan2(east, north) / (Math.PI / 4) + 8) % 8;
}

/** @returns {number} metres along the places */
export function length(places) {
  return places.slice(1).reduce((sum, place, n) => sum + distance(places[n], place), 0);
}

/** @returns {number} square metres within the places */
export function surface(places) {
  const flat = places.map((place) => apart(place, places[0]));
  const turned = flat.map(([x, y], n) => {
    const [nextX, nextY] = flat[(n + 1) % flat.length];
    return x * nextY - nextX * y;
  });
  return Math.abs(turned.reduce((sum, one) => sum + one, 0)) / 2;
}

/** The places with another one at an index. @param {[number, number][]} places */
export function replaced(places, index, place) {
  return places.map((one, n) => (n === index ? place : one));
}

function rounded(place) {
  return place.map((number) => Number(number.toFixed(DIGITS)));
}
