/**
 * What the map shows, kept in the address bar: a view can be shared, reloaded and left with the back button. The same words as
 * `portal/mapstate.py`.
 *
 * @typedef {object} MapState
 * @property {string} kind        word of the kind of areas
 * @property {string} figure      word of the indicator that colours the areas, or ""
 * @property {string} period      of the figure; "": the newest
 * @property {string[] | null} layers  words of the layers that are on; null: those that are on at first
 * @property {Record<string, string>} filters  what layers are narrowed to, by the word of the filter
 * @property {string} choice      what is chosen: "layer:slug", for an area "kind:slug", or ""
 * @property {number | null} zoom
 * @property {[number, number] | null} center  latitude, longitude
 */

const PERIOD = /^\d{4}[\dQ/-]{0,6}$/;
const NUMBER = /^-?\d{1,3}(\.\d+)?$/;
const CHOICE = /^[\w-]+:[\w-]+$/;

/** @param {string} search @param {string[]} filters the words of the filters that layers have @returns {MapState} */
export function parse(search, filters) {
  const query = new URLSearchParams(search);
  const word = (name, form = /^[\w-]*$/) => (form.test(query.get(name) ?? "") ? query.get(name) ?? "" : "");
  const layers = query.has("lagen")
    ? query.getAll("lagen").flatMap((part) => part.split(",")).filter((part) => /^[\w-]+$/.test(part))
    : null;
  return {
    kind: word("soort"),
    figure: word("cijfer"),
    period: word("periode", PERIOD),
    layers,
    filters: Object.fromEntries(filters.map((name) => [name, word(name)])),
    choice: word("kies", CHOICE),
    zoom: readNumber(query.get("z"), 0, 22),
    center: readCenter(query.get("c")),
  };
}

/** @param {MapState} state @returns {string} the query, "" or starting with "?" */
export function serialize(state) {
  const query = [];
  if (state.kind) query.push(`soort=${state.kind}`);
  if (state.figure) query.push(`cijfer=${state.figure}`);
  if (state.period) query.push(`periode=${state.period}`);
  if (state.layers) query.push(`lagen=${state.layers.join(",")}`);
  for (const [name, value] of Object.entries(state.filters)) if (value) query.push(`${name}=${value}`);
  if (state.choice) query.push(`kies=${state.choice}`);
  if (state.zoom !== null && state.center) {
    query.push(`z=${Number(state.zoom.toFixed(2))}`);
    query.push(`c=${state.center.map((part) => Number(part.toFixed(5))).join(",")}`);
  }
  return query.length ? `?${query.join("&")}` : "";
}

/** The layer (or kind of areas) and the slug of a choice. @param {string} choice @returns {[string, string]} */
export function partsOf(choice) {
  const [layer, slug] = choice.split(":");
  return [layer ?? "", slug ?? ""];
}

function readNumber(text, low, high) {
  if (!text || !NUMBER.test(text)) return null;
  const value = Number(text);
  return value >= low && value <= high ? value : null;
}

function readCenter(text) {
  const parts = (text ?? "").split(",");
  if (parts.length !== 2) return null;
  const lat = readNumber(parts[0], -90, 90);
  const lon = readNumber(parts[1], -180, 180);
  return lat === null || lon === null ? null : [lat, lon];
}

/** The state with its listeners; `change` is a step one can go back from, `note` (panning) is not. */
export class Store {
  /** @param {string} path of the page @param {string[]} filters the words of the filters that layers have */
  constructor(path, filters) {
    this.path = path;
    this.filters = filters;
    this.state = this.read(location.search);
    /** @type {((now: MapState, before: MapState, how: string) => void)[]} */
    this.listeners = [];
    window.addEventListener("popstate", () => this.#set(this.read(location.search), "back"));
  }

  /** @param {string} search @returns {MapState} */
  read(search) {
    return parse(search, this.filters);
  }

  /** @param {(now: MapState, before: MapState, how: string) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {Partial<MapState>} changes @param {string} how "pointer", "keyboard" or "form" */
  change(changes, how = "pointer") {
    const next = { ...this.state, ...changes };
    const url = this.path + serialize(next);
    if (url !== location.pathname + location.search) history.pushState(null, "", url);
    this.#set(next, how);
  }

  /** @param {Partial<MapState>} changes */
  note(changes) {
    this.state = { ...this.state, ...changes };
    history.replaceState(null, "", this.path + serialize(this.state));
  }

  #set(next, how) {
    const before = this.state;
    this.state = next;
    for (const listener of this.listeners) listener(next, before, how);
  }
}
