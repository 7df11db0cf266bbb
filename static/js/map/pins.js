/** Layers of points: a symbol each, groups with their number when zoomed out, every one a button with a name. */

import { geojson } from "./loading.js";

const L = window.L;
const SVG = "http://www.w3.org/2000/svg";
const COARSE = matchMedia("(pointer: coarse)").matches;
const TARGET = COARSE ? 44 : 32; // pixels; a mouse needs less room than a finger, so its groups are smaller too

/**
 * @typedef {object} PointLayer
 * @property {string} slug
 * @property {string} title
 * @property {string} url
 * @property {string} symbol
 * @property {string[]} variants
 */

export class Pins {
  /**
   * @param {L.Map} map
   * @param {PointLayer} layer
   * @param {{open: (layer: PointLayer, properties: any, how: string) => void, failed: () => void, text: Record<string, string>}} wiring
   */
  constructor(map, layer, wiring) {
    this.map = map;
    this.layer = layer;
    this.wiring = wiring;
    this.group = L.layerGroup();
    this.service = "";
    map.on("zoomend", () => this.map.hasLayer(this.group) && this.refresh());
  }

  /** @param {boolean} on @param {string} service */
  async show(on, service) {
    const changed = service !== this.service;
    this.service = service;
    if (!on) {
      this.group.remove();
      this.map.fire("pins");
      return;
    }
    const fresh = !this.map.hasLayer(this.group);
    this.group.addTo(this.map);
    if (fresh || changed || !this.variant) await this.refresh(true);
  }

  /** Takes the points or groups that suit the zoom; a filter needs the single points. */
  async refresh(always = false) {
    const variant = this.service ? "full" : this.#variant();
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

  #variant() {
    const wanted = `z${Math.round(this.map.getZoom() + (COARSE ? 0 : 0.5))}`;
    const groups = this.layer.variants.filter((name) => /^z\d+$/.test(name));
    if (!groups.length) return "full";
    const lowest = groups.reduce((one, other) => (Number(one.slice(1)) < Number(other.slice(1)) ? one : other));
    if (groups.includes(wanted)) return wanted;
    return Number(wanted.slice(1)) < Number(lowest.slice(1)) ? lowest : "full";
  }

  #draw(features) {
    const before = document.activeElement?.closest?.("[data-pin]")?.dataset.pin;
    this.group.clearLayers();
    const wanted = features.filter((one) => !this.service || (one.properties.services ?? []).includes(this.service));
    wanted.sort((one, other) => other.geometry.coordinates[1] - one.geometry.coordinates[1]);
    for (const feature of wanted) this.#pin(feature).addTo(this.group);
    if (before) this.element(before)?.focus({ preventScroll: true });
    this.map.fire("pins");
  }

  /** @param {string} slug @returns {HTMLElement | null} */
  element(slug) {
    return this.map.getContainer().querySelector(`[data-pin="${CSS.escape(slug)}"]`);
  }

  #pin({ geometry, properties }) {
    const [lon, lat] = geometry.coordinates;
    const count = properties.count ?? 1;
    const isGroup = count > 1;
    const name = isGroup ? `${count} ${this.layer.title.toLowerCase()}, ${this.wiring.text.zoom_in}` : this.#nameOf(properties);
    const icon = L.divIcon({
      className: "map-marker",
      html: isGroup ? drawGroup(this.layer.symbol, count) : drawSymbol(this.layer.symbol, properties.approximate),
      iconSize: [TARGET, TARGET],
    });
    const marker = L.marker([lat, lon], { icon, keyboard: true, riseOnHover: true });
    const open = (how) => (isGroup ? this.#zoomTo(marker, properties) : this.wiring.open(this.layer, properties, how));
    marker.on("click", () => open("pointer"));
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("aria-label", name);
      element.dataset.pin = isGroup ? `${lon},${lat}` : properties.slug;
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        open("keyboard");
      });
    });
    if (!isGroup) marker.bindTooltip(words(properties.name), { direction: "top", offset: [0, -14], className: "map-tip" });
    return marker;
  }

  #nameOf(properties) {
    const parts = [properties.name, properties.address];
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

function words(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}

function shape(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

/** @param {string} symbol @param {boolean} approximate */
export function drawSymbol(symbol, approximate) {
  const className = `symbol symbol-${symbol}${approximate ? " symbol-approximate" : ""}`;
  const svg = shape("svg", { class: className, width: 26, height: 26, "aria-hidden": "true" });
  shape("use", { href: approximate ? "#t-approximate" : `#t-${symbol}` }, svg);
  return svg;
}

function drawGroup(symbol, count) {
  const width = count > 99 ? 38 : count > 9 ? 30 : 26;
  const svg = shape("svg", { class: `symbol symbol-${symbol} symbol--group`, width, height: 26, viewBox: `0 0 ${width} 26`, "aria-hidden": "true" });
  shape("rect", { class: "cluster", x: 1, y: 1, width: width - 2, height: 24 }, svg);
  shape("text", { class: "cluster__count", x: width / 2, y: 18 }, svg).textContent = String(count);
  return svg;
}
