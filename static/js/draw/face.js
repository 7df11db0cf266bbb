/** The map that is drawn on: the areas, tiles when there are any, the shape and its points, which can be dragged. */

import { Labels } from "../map/labels.js";
import { geojson } from "../map/loading.js";
import { outline } from "../map/outline.js";
import { drawSymbol } from "../map/symbols.js";
import { hintAtTwoFingers, isTouch } from "../map/touch.js";
import { replaced } from "./shape.js";

const L = window.L;
const PANES = { band: 300, faces: 400, lines: 410, others: 420, shape: 430, names: 550 };
const NEAR = 16; // the closest that the map comes by itself
const NEAR_A_POINT = 14; // of a single point: with what lies around it
const STEP = 80; // pixels that an arrow key moves the map
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

export class Face {
  /**
   * @param {HTMLElement} sheet
   * @param {any} config
   * @param {{put: (place: [number, number]) => void, tap: (index: number) => void, drag: (index: number, place: [number, number]) => void, failed: () => void}} doing
   */
  constructor(sheet, config, doing) {
    const touch = isTouch();
    this.sheet = sheet;
    this.config = config;
    this.doing = doing;
    this.element = sheet.querySelector(".draw__map");
    this.map = L.map(this.element, {
      zoomControl: false, attributionControl: Boolean(config.basemap), dragging: !touch, doubleClickZoom: false, zoomSnap: 0.25, minZoom: 7,
      maxZoom: 19, zoomAnimation: !reduced, fadeAnimation: !reduced, markerZoomAnimation: !reduced, center: [51, 4.7], zoom: 10,
    });
    for (const [name, order] of Object.entries(PANES)) {
      this.map.createPane(name).classList.add(`map-pane-${name}`);
      this.map.getPane(name).style.zIndex = String(order);
    }
    if (config.basemap) this.#tiles(config.basemap);
    L.control.scale({ imperial: false, maxWidth: 120, position: "bottomleft" }).addTo(this.map);
    if (touch) hintAtTwoFingers(this.element, sheet.querySelector(".map-hint"));
    this.shape = L.layerGroup().addTo(this.map);
    this.vertices = L.layerGroup().addTo(this.map);
    this.map.on("click", ({ latlng }) => doing.put([latlng.lat, latlng.lng]));
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.fit([]);
    this.#around();
  }

  /** Where the map is looked at. @returns {[number, number]} */
  get middle() {
    const { lat, lng } = this.map.getCenter();
    return [lat, lng];
  }

  zoom(steps) {
    this.map.setZoom(this.map.getZoom() + steps, { animate: !reduced });
  }

  /** Bring everything that is drawn into view, or the ground when there is nothing. @param {[number, number][]} places */
  fit(places) {
    this.map.invalidateSize();
    const { box } = this.config;
    const maxZoom = places.length > 1 ? NEAR : NEAR_A_POINT;
    if (places.length) this.map.fitBounds(L.latLngBounds(places), { maxZoom, padding: [50, 50], animate: false });
    else if (box) this.map.fitBounds([[box[1], box[0]], [box[3], box[2]]], { padding: [12, 12], animate: false });
  }

  /** Keep a place in view. @param {[number, number]} place */
  bringIntoView(place) {
    if (!this.map.getBounds().pad(-0.05).contains(place)) this.map.panTo(place, { animate: !reduced });
  }

  /** @param {import("./shape.js").Shape} shape @param {number} chosen @param {boolean} isDone */
  show({ kind, places }, chosen, isDone) {
    this.vertices.clearLayers();
    this.#line(kind, places, isDone);
    places.forEach((place, index) => this.#vertex(kind, place, index, index === chosen, places).addTo(this.vertices));
  }

  #line(kind, places, isDone) {
    this.shape.clearLayers();
    if (kind === "point" || places.length < 2) return;
    const isFace = kind === "polygon" && places.length > 2;
    for (const name of ["edge", "line"]) {
      const className = `draw__${name}${isFace && name === "line" ? " draw__line--face" : ""}${isDone ? "" : " draw__line--open"}`;
      const path = isFace ? L.polygon(places, { pane: "shape", className, interactive: false }) : L.polyline(places, { pane: "shape", className, interactive: false });
      path.addTo(this.shape);
    }
  }

  #vertex(kind, place, index, isChosen, places) {
    const isSign = kind === "point" && this.config.symbol;
    const html = isSign ? drawSymbol(this.config.symbol, false) : Object.assign(document.createElement("span"), { className: "draw__dot" });
    if (!isSign) html.textContent = kind === "point" ? "" : String(index + 1);
    const className = `draw__handle${isChosen ? " draw__handle--chosen" : ""}`;
    const marker = L.marker(place, {
      icon: L.divIcon({ className, html, iconSize: [44, 44] }), draggable: true, keyboard: false, autoPan: true,
    });
    marker.on("add", () => marker.getElement().setAttribute("aria-hidden", "true"));
    marker.on("click", () => this.doing.tap(index));
    marker.on("drag", () => {
      const { lat, lng } = marker.getLatLng();
      this.#line(kind, replaced(places, index, [lat, lng]), false);
    });
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      this.doing.drag(index, [lat, lng]);
    });
    return marker;
  }

  #key(event) {
    const way = WAYS[event.key];
    if (event.target !== this.element || !(way || event.key === "Enter")) return;
    event.preventDefault();
    event.stopPropagation(); // Leaflet glides, and drops a key that comes before it is there
    if (way) this.map.panBy(way.map((side) => side * STEP), { animate: false });
    else this.doing.put(this.middle);
  }

  #tiles({ url, attribution, max_zoom: most }) {
    L.tileLayer(url, { attribution, maxNativeZoom: most, maxZoom: 19 }).addTo(this.map);
    this.element.classList.add("has-basemap");
    this.map.attributionControl.setPrefix(false);
  }

  /** The areas and other layers, to find one's way by; drawing works without them. */
  async #around() {
    const { layer, others, chosen } = this.config;
    try {
      if (layer) this.#areas((await geojson(layer, "overview")).features, chosen);
      for (const url of others) this.#others((await geojson(url)).features);
    } catch {
      this.doing.failed();
    }
    this.sheet.dataset.ready = "true";
  }

  #areas(features, chosen) {
    const still = (data, pane, className, fill = false) => L.geoJSON(data, { pane, interactive: false, style: () => ({ className, fill }) }).addTo(this.map);
    const all = { type: "FeatureCollection", features };
    L.polyline(outline(features), { pane: "band", className: "outer-band", interactive: false }).addTo(this.map);
    const faces = still(all, "faces", "area", true);
    for (const className of ["edge", "line"]) still(all, "lines", className);
    for (const feature of features.filter(({ properties }) => chosen.includes(properties.slug))) {
      for (const className of ["chosen-edge", "chosen"]) still(feature, "lines", className);
    }
    const elements = new Map(faces.getLayers().map((one) => [one.feature.properties.slug, one.getElement()]));
    const named = features.filter(({ properties }) => properties.label_lat);
    new Labels(this.map, "names", (slug) => elements.get(slug) ?? null).show(
      named.map(({ properties: { name, slug, area_ha: size = 0, label_lat: lat, label_lon: lon } }) => ({ name, slug, size, at: [lat, lon] })),
    );
  }

  #others(features) {
    const look = { interactive: false, pane: "others", style: { className: "draw__other" } };
    const pointToLayer = (_feature, at) => L.circleMarker(at, { interactive: false, pane: "others", radius: 4, className: "draw__other draw__other--point" });
    L.geoJSON(features, { ...look, pointToLayer }).addTo(this.map);
  }
}
