/** The map page: joins state, areas, layers of things, panel and filters. The page works without it, with a drawn map. */

import { Areas } from "./areas.js";
import { Filters } from "./filters.js";
import { Graticule } from "./graticule.js";
import { looksOf } from "./looks.js";
import { Panel } from "./panel.js";
import { Place } from "./place.js";
import { partsOf, Store } from "./state.js";
import { Things } from "./things.js";
import { hintAtTwoFingers, isTouch } from "./touch.js";

const L = window.L;
const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @type {any} */
const config = JSON.parse(document.getElementById("map-config").textContent);
// The zoom at which one building is shown: close by on a base map, with its surroundings without one.
const NEAR = config.basemap ? 16 : 13.5;
const AROUND = { maxZoom: NEAR, padding: [60, 60] };
const work = document.querySelector(".map-work");
const face = work.querySelector(".map-sheet__face");
const say = (words) => (document.getElementById("map-status").textContent = words);

class MapPage {
  constructor() {
    this.store = new Store(config.path, config.filters);
    this.map = makeMap(face.querySelector("#map"));
    this.panel = new Panel(work, this.store, config);
    this.filters = new Filters(work, document.getElementById("map-filters"), this.store);
    this.areas = new Areas(this.map, config.kinds, (slug, how) => this.openArea(slug, how));
    this.things = config.layers.map((layer) => new Things(this.map, layer, this.#wiring()));
    this.ring = L.layerGroup().addTo(this.map);
    this.store.listen((now, before, how) => this.apply(now, before, how));
    this.map.on("dragend zoomend", () => this.noteView());
    document.addEventListener("search:chosen", (event) => this.goTo(event));
    this.#buttons();
  }

  #wiring() {
    return { open: (layer, slug, how) => this.openThing(layer, slug, how), failed: () => this.failed(), text: config.text };
  }

  /** The area that is chosen: its word, when it is of the kind that is shown. */
  get area() {
    const [layer, slug] = partsOf(this.store.state.choice);
    return layer === this.kind ? slug : "";
  }

  /** @returns {string} */
  get kind() {
    const known = config.kinds.map((kind) => kind.slug);
    return [this.store.state.kind, this.panel.element.dataset.kind].find((kind) => known.includes(kind)) ?? config.kind;
  }

  isOn(slug) {
    const chosen = this.store.state.layers;
    return chosen ? chosen.includes(slug) : config.layers.find((layer) => layer.slug === slug)?.shown ?? false;
  }

  async start() {
    face.querySelector(".map-failure").hidden = true;
    try {
      await this.areas.show(this.kind);
    } catch {
      this.failed();
      return;
    }
    document.documentElement.classList.add("has-map");
    this.map.invalidateSize();
    this.firstView();
    new Graticule(this.map, "graticule");
    this.areas.choose(this.area);
    this.areas.colour(looksOf(face));
    this.markThing();
    await this.showThings();
    face.dataset.ready = "true";
  }

  async showThings() {
    await Promise.all(this.things.map((things) => things.show(this.isOn(things.layer.slug), this.store.state.filters)));
  }

  /**
   * Shows a state; one that was overtaken by the next step stops.
   *
   * @param {import("./state.js").MapState} now @param {import("./state.js").MapState} before @param {string} how
   */
  async apply(now, before, how) {
    const step = (this.step = (this.step ?? 0) + 1);
    await this.showKind(now);
    if (step !== this.step) return;
    await this.showThings();
    if (step !== this.step) return;
    if (this.panel.shown !== this.panel.queryOf(now)) await this.panel.load(now, how);
    if (step !== this.step) return;
    this.areas.colour(looksOf(face));
    await this.showKind(now);
    this.markThing();
    if (how === "back") this.#view(now);
    else if (now.choice !== before.choice) this.bringIntoView();
  }

  /** The kind in the address, or the one that the server found to fit the chosen area. @param {import("./state.js").MapState} state */
  async showKind(state) {
    this.filters.write({ ...state, kind: this.kind }, (slug) => this.isOn(slug));
    if (this.areas.kind !== this.kind) await this.areas.show(this.kind).catch(() => this.failed());
    this.areas.choose(this.area);
  }

  openArea(slug, how) {
    this.panel.openedFrom(() => this.areas.element(slug));
    this.store.change({ choice: `${this.kind}:${slug}` }, how);
  }

  openThing(layer, slug, how) {
    const things = this.things.find((one) => one.layer.slug === layer.slug);
    this.panel.openedFrom(() => things.element(slug));
    this.store.change({ choice: `${layer.slug}:${slug}` }, how);
  }

  /** A suggestion that is on this map is shown here; any other is opened. @param {CustomEvent<{choice?: string}>} event */
  goTo(event) {
    const { choice } = event.detail;
    const [layer] = partsOf(choice ?? "");
    const isKind = config.kinds.some((kind) => kind.slug === layer);
    if (!isKind && !config.layers.some((one) => one.slug === layer)) return;
    event.preventDefault();
    this.store.change({ choice, kind: isKind ? layer : this.store.state.kind }, "keyboard");
  }

  /** Where the chosen thing is, from the panel that the server made. @returns {L.LatLngBounds | null} */
  chosenPlace() {
    const [west, south, east, north] = (this.panel.element.dataset.bounds ?? "").split(",").map(Number);
    return this.store.state.choice && north !== undefined ? L.latLngBounds([south, west], [north, east]) : null;
  }

  markThing() {
    this.ring.clearLayers();
    const place = this.chosenPlace();
    if (place) L.circleMarker(signOf(place, this.panel.element), { radius: 20, className: "chosen-place", pane: "chosen", interactive: false }).addTo(this.ring);
  }

  firstView() {
    const { zoom, center } = this.store.state;
    const place = this.chosenPlace();
    if (zoom !== null && center) this.#quietly(() => this.map.setView(center, zoom, { animate: false }));
    else if (place) this.#quietly(() => this.map.fitBounds(place, { ...AROUND, animate: false }));
    else this.fitAll();
    this.map.setMaxBounds(this.areas.bounds().pad(1.5));
  }

  fitAll() {
    this.#quietly(() => this.map.fitBounds(this.areas.bounds(), { ...roomFor(face), animate: false }));
  }

  bringIntoView() {
    const place = this.chosenPlace();
    const bounds = this.areas.boundsOf(this.area);
    const isFar = place && this.map.getZoom() < Math.min(NEAR, this.map.getBoundsZoom(place)) - 2;
    if (place && (isFar || !this.map.getBounds().pad(-0.1).contains(place))) {
      this.map.fitBounds(place, { ...AROUND, maxZoom: Math.max(this.map.getZoom(), NEAR), animate: !reduced });
    } else if (bounds && !this.map.getBounds().intersects(bounds.pad(-0.3))) {
      this.map.fitBounds(bounds, { padding: [40, 40], animate: !reduced });
    }
  }

  #view({ zoom, center }) {
    if (zoom !== null && center) this.#quietly(() => this.map.setView(center, zoom, { animate: false }));
    else this.firstView();
  }

  /** A view that we chose is not written in the address bar; one that a person chose is. */
  #quietly(move) {
    this.isQuiet = true;
    move();
    this.isQuiet = false;
  }

  noteView() {
    if (this.isQuiet || !face.dataset.ready) return;
    const { lat, lng } = this.map.getCenter();
    this.store.note({ zoom: this.map.getZoom(), center: [lat, lng] });
  }

  failed() {
    const failure = face.querySelector(".map-failure");
    failure.hidden = false;
  }

  #buttons() {
    const on = (name, work) => face.querySelector(`[data-map-button="${name}"]`)?.addEventListener("click", work);
    on("in", () => this.map.zoomIn(1, { animate: !reduced }));
    on("out", () => this.map.zoomOut(1, { animate: !reduced }));
    on("all", () => this.fitAll());
    on("retry", () => this.start());
    const place = face.querySelector('[data-map-button="place"]');
    if (place) new Place(this.map, place, say, config.text);
  }
}

/** The place of the sign, which is not the middle of a winding line. @param {L.LatLngBounds} place @param {HTMLElement} panel */
function signOf(place, panel) {
  const [lon, lat] = (panel.dataset.sign ?? "").split(",").map(Number);
  return lat === undefined ? place.getCenter() : L.latLng(lat, lon);
}

/** On a phone the buttons lie over the map: the areas stay below them. @param {HTMLElement} face */
function roomFor(face) {
  const buttons = face.querySelector(".map-buttons");
  const top = buttons?.offsetHeight ? buttons.offsetTop + buttons.offsetHeight : 0;
  return { paddingTopLeft: [18, 18 + top], paddingBottomRight: [18, 18] };
}

/** @param {HTMLElement} element */
function makeMap(element) {
  const touch = isTouch();
  const map = L.map(element, {
    zoomControl: false, attributionControl: Boolean(config.basemap), dragging: !touch, zoomSnap: 0.25, minZoom: 8, maxZoom: 19,
    zoomAnimation: !reduced, fadeAnimation: !reduced, markerZoomAnimation: !reduced, center: [51, 4.7], zoom: 10, worldCopyJump: false,
  });
  const panes = { graticule: 250, band: 300, faces: 400, lines: 410, things: 415, chosen: 420, names: 650 };
  for (const [name, order] of Object.entries(panes)) map.createPane(name).classList.add(`map-pane-${name}`);
  for (const [name, order] of Object.entries(panes)) map.getPane(name).style.zIndex = String(order);
  if (config.basemap) {
    L.tileLayer(config.basemap.url, { attribution: config.basemap.attribution, maxNativeZoom: config.basemap.max_zoom, maxZoom: 19 }).addTo(map);
    element.classList.add("has-basemap");
    map.attributionControl.setPrefix(false);
  }
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomright" }).addTo(map);
  if (touch) hintAtTwoFingers(element, face.querySelector(".map-hint"));
  return map;
}

new MapPage().start();
