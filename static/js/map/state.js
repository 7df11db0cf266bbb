/**
 * What the map shows, kept in the address bar: a view can be shared, reloaded and left with the back button.
 *
 * @typedef {object} MapState
 * @property {string} kind        word of the kind of areas
 * @property {string} figure      word of the indicator that colours the areas, or ""
 * @property {string} period      of the figure; "": the newest
 * @property {string[] | null} layers  words of the layers that are on; null: those that are on at first
 * @property {string} service     word of the service that is filtered on, or ""
 * @property {string} area        word of the chosen area, or ""
 * @property {string} location    word of the chosen work location, or ""
 * @property {number | null} zoom
 * @property {[number, number] | null} center  latitude, longitude
 */

const PERIOD = /^\d{4}[\dQ/-]{0,6}$/;
const NUMBER = /^-?\d{1,3}(\.\d+)?$/;

/** @param {string} search @returns {MapState} */
export function parse(search) {
  const query = new URLSearchParams(search);
  const word = (name) => (/^[\w-]*$/.test(query.get(name) ?? "") ? query.get(name) ?? "" : "");
  const layers = query.has("lagen")
    ? query.getAll("lagen").flatMap((part) => part.split(",")).filter((part) => /^[\w-]+$/.test(part))
    : null;
  return {
    kind: word("soort"),
    figure: word("cijfer"),
    period: PERIOD.test(query.get("periode") ?? "") ? query.get("periode") : "",
    layers,
    service: word("dienst"),
    area: word("gebied"),
    location: word("locatie"),
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
  if (state.service) query.push(`dienst=${state.service}`);
  if (state.area) query.push(`gebied=${state.area}`);
  if (state.location) query.push(`locatie=${state.location}`);
  if (state.zoom !== null && state.center) {
    query.push(`z=${Number(state.zoom.toFixed(2))}`);
    query.push(`c=${state.center.map((part) => Number(part.toFixed(5))).join(",")}`);
  }
  return query.length ? `?${query.join("&")}` : "";
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
  /** @param {string} path of the page */
  constructor(path) {
    this.path = path;
    this.state = parse(location.search);
    /** @type {((now: MapState, before: MapState, how: string) => void)[]} */
    this.listeners = [];
    window.addEventListener("popstate", () => this.#set(parse(location.search), "back"));
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
