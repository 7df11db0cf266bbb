/**
 * A layer of things that lie on the areas: points, lines or polygons. Each has a sign, which is a button with a name; points that are
 * too near each other are a group with their number. What is no point is drawn below its sign.
 */

import { geojson } from "./loading.js";
import { drawGroup, drawSign, drawSymbol } from "./symbols.js";

const L = window.L;
const COARSE = matchMedia("(pointer: coarse)").matches;
const TARGET = COARSE ? 44 : 32; // pixels; a mouse needs less room than a finger, so its groups are smaller too

/**
 * @typedef {object} Layer
 * @property {string} slug
 * @property {string} title
 * @property {string} url
 * @property {string} symbol
 * @property {string[]} variants
 * @property {boolean} shown    at first
 * @property {string} pages     what stands before the slug in the address of the page of each, or ""
 * @property {string[]} namedBy  properties that together name a thing
 * @property {Record<string, string>} filters  the property that each filter looks at, by its word
 */

export class Things {
  /**
   * @param {L.Map} map
   * @param {Layer} layer
   * @param {{open: (layer: Layer, slug: string, how: string) => void, failed: () => void, text: Record<string, string>}} wiring
   */
  constructor(map, layer, wiring) {
    this.map = map;
    this.layer = layer;
    this.wiring = wiring;
    this.group = L.layerGroup();
    this.focus = L.layerGroup().addTo(map);
    /** @type {[string, string][]} */
    this.wanted = [];
    map.on("zoomend", () => this.map.hasLayer(this.group) && this.refresh());
  }

  /** @param {boolean} on @param {Record<string, string>} filters what is chosen, by the word of the filter */
  async show(on, filters) {
    const wanted = Object.entries(this.layer.filters).flatMap(([word, member]) => (filters[word] ? [[member, filters[word]]] : []));
    const changed = String(wanted) !== String(this.wanted);
    this.wanted = wanted;
    if (!on) {
      this.group.remove();
      this.map.fire("things");
      return;
    }
    const fresh = !this.map.hasLayer(this.group);
    this.group.addTo(this.map);
    if (fresh || changed || !this.variant) await this.refresh(true);
  }

  /** Takes the things or groups that suit the zoom; a filter needs the single ones. */
  async refresh(always = false) {
    const variant = this.wanted.length ? "full" : this.#variant();
    if (variant === this.variant && !always) return;
    this.variant = variant;
    try {
      const { features } = await geojson(this.layer.url, variant);
      if (variant === this.variant) this.#draw(features);
    } catch {
      this.variant = "";
      this.wiring.failed();
    }
  }

  /** @param {string} slug @returns {HTMLElement | null} its sign */
  element(slug) {
    return this.map.getContainer().querySelector(`[data-layer="${this.layer.slug}"][data-pin="${CSS.escape(slug)}"]`);
  }

  #variant() {
    const wanted = `z${Math.round(this.map.getZoom() + (COARSE ? 0 : 0.5))}`;
    const groups = this.layer.variants.filter((name) => /^z\d+$/.test(name));
    if (!groups.length) return "full";
    const lowest = groups.reduce((one, other) => (Number(one.slice(1)) < Number(other.slice(1)) ? one : other));
    if (groups.includes(wanted)) return wanted;
    return Number(wanted.slice(1)) < Number(lowest.slice(1)) ? lowest : "full";
  }

  #draw(features) {
    const held = document.activeElement?.closest?.("[data-pin]");
    const before = held?.dataset.layer === this.layer.slug ? held.dataset.pin : undefined;
    this.group.clearLayers();
    this.focus.clearLayers();
    const fitting = features.filter(({ properties }) => this.wanted.every(([member, value]) => [properties[member]].flat().includes(value)));
    const signed = fitting.map((feature) => ({ feature, at: placeOf(feature) })).sort((one, other) => other.at[0] - one.at[0]);
    for (const { feature } of signed) this.#shape(feature)?.addTo(this.group);
    for (const { feature, at } of signed) this.#sign(feature, at).addTo(this.group);
    if (before) this.element(before)?.focus({ preventScroll: true });
    this.map.fire("things");
  }

  /** The line or the face of what is no point; a wide band that is not seen makes a thin line easy to hit. */
  #shape(feature) {
    const { geometry, properties } = feature;
    if (geometry.type === "Point") return null;
    const symbol = `symbol-${this.layer.symbol}`;
    const classes = geometry.type.endsWith("Polygon") ? ["thing-face"] : ["thing-edge", "thing-line", "thing-band"];
    const look = { pane: "things", bubblingMouseEvents: false };
    // One path each: Leaflet binds a tooltip to paths, not to groups of them.
    const paths = classes.map((name) => L.GeoJSON.geometryToLayer(feature, { ...look, className: `${name} ${symbol}` }));
    const whole = L.featureGroup(paths);
    whole.on("click", () => this.wiring.open(this.layer, properties.slug, "pointer"));
    whole.bindTooltip(words(properties.name), { sticky: true, className: "map-tip" });
    return whole;
  }

  #sign(feature, at) {
    const { properties } = feature;
    const { title, symbol, slug } = this.layer;
    const count = properties.count ?? 1;
    const isGroup = count > 1;
    const name = isGroup ? `${count} ${title.toLowerCase()}, ${this.wiring.text.zoom_in}` : this.#nameOf(properties);
    const html = isGroup ? drawGroup(symbol, count) : signOf(symbol, properties);
    const icon = L.divIcon({ className: "map-marker", html, iconSize: [TARGET, TARGET] });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true });
    const open = (how) => (isGroup ? this.#zoomTo(marker, properties) : this.wiring.open(this.layer, properties.slug, how));
    marker.on("click", () => open("pointer"));
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("aria-label", name);
      element.dataset.layer = slug;
      element.dataset.pin = isGroup ? String(at) : properties.slug;
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open("keyboard");
      });
      element.addEventListener("focus", () => element.matches(":focus-visible") && this.#point(feature));
      element.addEventListener("blur", () => this.focus.clearLayers());
    });
    if (!isGroup) marker.bindTooltip(words(properties.name), { direction: "top", offset: [0, -14], className: "map-tip" });
    return marker;
  }

  /** The line or face of a sign that has the focus. */
  #point(feature) {
    if (feature.geometry.type === "Point") return;
    L.geoJSON(feature, { pane: "chosen", interactive: false, style: () => ({ className: "focus-line", fill: false }) }).addTo(this.focus);
  }

  #nameOf(properties) {
    const parts = this.layer.namedBy.map((name) => properties[name]);
    if (properties.approximate) parts.push(this.wiring.text.approximate);
    return parts.filter(Boolean).join(", ");
  }

  #zoomTo(marker, { bbox }) {
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (bbox && (bbox[0] !== bbox[2] || bbox[1] !== bbox[3])) {
      this.map.fitBounds([[bbox[1], bbox[0]], [bbox[3], bbox[2]]], { maxZoom: 17, padding: [60, 60], animate });
    } else {
      this.map.setView(marker.getLatLng(), Math.min(this.map.getZoom() + 2, 18), { animate });
    }
  }
}

/** A sign with a number when the thing has one, else the symbol of its layer. */
function signOf(symbol, { look, number, approximate }) {
  return look ? drawSign(symbol, look, number) : drawSymbol(symbol, approximate);
}

/** Where the sign stands: on the point, or where the server found a place on the line or in the face. @returns {[number, number]} */
function placeOf({ geometry, properties }) {
  const [lon, lat] = geometry.type === "Point" ? geometry.coordinates : [properties.label_lon, properties.label_lat];
  return [lat, lon];
}

function words(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
