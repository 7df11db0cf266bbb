/** The areas of one kind: faces that open, thin lines on a white edge, the outer boundary, the chosen one, their names. */

import { Labels } from "./labels.js";
import { geojson } from "./loading.js";
import { outline } from "./outline.js";

const L = window.L;
const FULL_FROM = 13; // from this zoom on the full boundaries
const FACE = /^(class-\d|no-value)$/;

export class Areas {
  /**
   * @param {L.Map} map
   * @param {{slug: string, url: string}[]} kinds
   * @param {(slug: string, how: string) => void} open
   */
  constructor(map, kinds, open) {
    this.map = map;
    this.kinds = new Map(kinds.map((kind) => [kind.slug, kind]));
    this.open = open;
    this.band = L.layerGroup().addTo(map);
    this.faces = L.layerGroup().addTo(map);
    this.lines = L.layerGroup().addTo(map);
    this.mark = L.layerGroup().addTo(map);
    this.focus = L.layerGroup().addTo(map);
    this.labels = new Labels(map, "names", (slug) => this.element(slug));
    this.features = [];
    /** @type {Map<string, import("./looks.js").Look>} */
    this.looks = new Map();
    this.shown = "";
    map.on("zoomend", () => this.refine());
  }

  /** @param {string} kind @returns {Promise<void>} */
  async show(kind) {
    this.kind = kind;
    const { features } = await geojson(this.kinds.get(kind).url, "overview");
    if (this.kind !== kind) return;
    this.shown = "overview";
    this.#draw(features);
    this.#boundary(features);
    this.labels.show(features.map((feature) => nameOf(feature)));
    await this.refine();
  }

  /** Takes the boundaries that suit the zoom. */
  async refine() {
    const variant = this.map.getZoom() >= FULL_FROM ? "full" : "overview";
    const kind = this.kind;
    if (!kind || variant === this.shown) return;
    const { features } = await geojson(this.kinds.get(kind).url, variant).catch(() => ({ features: null }));
    if (!features || kind !== this.kind) return; // the overview stays
    this.shown = variant;
    this.#draw(features);
  }

  /** @param {Map<string, import("./looks.js").Look>} looks by the word of the area */
  colour(looks) {
    this.looks = looks;
    for (const layer of this.#layers()) this.#dress(layer);
    this.labels.colour(looks);
  }

  /** @param {string} slug "" for none */
  choose(slug) {
    this.chosen = slug;
    this.mark.clearLayers();
    this.labels.choose(slug);
    for (const layer of this.#layers()) {
      layer.getElement()?.setAttribute("aria-pressed", String(layer.feature.properties.slug === slug));
    }
    const feature = this.features.find((one) => one.properties.slug === slug);
    if (!feature) return;
    for (const className of ["chosen-edge", "chosen"]) this.#still(feature, "chosen", className).addTo(this.mark);
  }

  /** @param {string} slug @returns {L.LatLngBounds | null} */
  boundsOf(slug) {
    const feature = this.features.find((one) => one.properties.slug === slug);
    return feature ? L.geoJSON(feature).getBounds() : null;
  }

  /** @returns {L.LatLngBounds} of all areas */
  bounds() {
    return L.geoJSON({ type: "FeatureCollection", features: this.features }).getBounds();
  }

  /** @param {string} slug @returns {SVGElement | null} */
  element(slug) {
    return this.#layers().find((layer) => layer.feature.properties.slug === slug)?.getElement() ?? null;
  }

  #layers() {
    return this.faces.getLayers().flatMap((group) => group.getLayers());
  }

  #draw(features) {
    const focused = this.#layers().find((layer) => layer.getElement() === document.activeElement);
    this.features = features;
    for (const group of [this.faces, this.lines, this.focus]) group.clearLayers();
    const data = { type: "FeatureCollection", features: byPlace(features) };
    const faces = L.geoJSON(data, { pane: "faces", style: () => ({ className: "area" }) }).addTo(this.faces);
    for (const className of ["edge", "line"]) this.#still(data, "lines", className).addTo(this.lines);
    for (const layer of faces.getLayers()) {
      this.#reachable(layer);
      this.#dress(layer);
    }
    this.choose(this.chosen ?? "");
    if (focused) this.element(focused.feature.properties.slug)?.focus({ preventScroll: true });
  }

  #boundary(features) {
    this.band.clearLayers();
    const lines = outline(features);
    for (const className of ["outer-band", "outer"]) {
      const pane = className === "outer" ? "lines" : "band";
      L.polyline(lines, { pane, className, interactive: false }).addTo(this.band);
    }
  }

  /** Its class, and its name with the figure for who does not see it. */
  #dress(layer) {
    const { slug, name } = layer.feature.properties;
    const look = this.looks.get(slug);
    const element = layer.getElement();
    if (!element) return;
    element.classList.remove(...[...element.classList].filter((word) => FACE.test(word)));
    if (look) element.classList.add(look.face);
    element.setAttribute("aria-label", look?.words ?? name);
  }

  #still(data, pane, className) {
    return L.geoJSON(data, { pane, interactive: false, style: () => ({ className, fill: false }) });
  }

  #reachable(layer) {
    const { slug } = layer.feature.properties;
    const element = layer.getElement();
    for (const [key, value] of [["tabindex", "0"], ["role", "button"], ["data-area", slug]]) {
      element.setAttribute(key, value);
    }
    layer.on("click", (event) => {
      L.DomEvent.stop(event);
      this.open(slug, "pointer");
    });
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.open(slug, "keyboard");
    });
    element.addEventListener("focus", () => {
      if (element.matches(":focus-visible")) this.#still(layer.feature, "chosen", "focus-line").addTo(this.focus);
    });
    element.addEventListener("blur", () => this.focus.clearLayers());
  }
}

/** From north to south, so that the tab key walks the map as one reads it. */
function byPlace(features) {
  const north = (feature) => L.geoJSON(feature).getBounds().getCenter().lat;
  return [...features].sort((one, other) => north(other) - north(one));
}

function nameOf(feature) {
  const { name, slug, area_ha: size = 0, label_lon: lon, label_lat: lat } = feature.properties;
  const middle = L.geoJSON(feature).getBounds().getCenter();
  return { name, slug, size, at: lat ? [lat, lon] : [middle.lat, middle.lng] };
}
