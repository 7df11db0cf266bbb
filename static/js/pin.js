// The pin of a work location: click or drag it on the map, move it with the arrow keys or the buttons, or type the degrees.
// The two fields hold the truth; the map follows them.

const STEP = 5; // metres
const LARGE = 100;
const METRES_A_DEGREE = 111_320;

/** A number as it was typed, with a comma or a point; NaN for anything else. */
function degrees(text) {
  return text.trim() === "" ? Number.NaN : Number(text.trim().replace(",", "."));
}

/** A number as people write it here. */
function written(number) {
  return number.toFixed(6).replace(".", ",");
}

class Pin {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.lat = root.querySelector("[name=lat]");
    this.lon = root.querySelector("[name=lon]");
    this.status = root.querySelector("[data-pin-status]");
    this.large = root.querySelector("[data-pin-large]");
    this.sheet = root.querySelector("[data-pin-map]");
    this.buttons = root.querySelector("[data-pin-buttons]");
    this.buttons.hidden = false;
    this.buttons.addEventListener("click", (event) => this.pressed(event));
    for (const field of [this.lat, this.lon]) field.addEventListener("change", () => this.show(true));
    try {
      this.draw();
    } catch {
      this.say(root.dataset.failed);
    }
  }

  /** Where the pin is, or null. */
  get place() {
    const [lat, lon] = [degrees(this.lat.value), degrees(this.lon.value)];
    const known = Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
    return known ? { lat, lon } : null;
  }

  /** Where moving starts when there is no pin yet. */
  get start() {
    const { lat, lon } = this.root.dataset;
    return this.place ?? (lat ? { lat: Number(lat), lon: Number(lon) } : null);
  }

  draw() {
    const L = window.L;
    this.sheet.hidden = false;
    const face = document.createElement("div");
    this.sheet.append(face);
    // The arrow keys move the pin; the map itself is moved by dragging.
    this.map = L.map(face, { keyboard: false, zoomSnap: 0.5, maxZoom: 19, attributionControl: false });
    face.tabIndex = 0;
    face.setAttribute("role", "application");
    face.setAttribute("aria-label", this.root.dataset.name);
    face.addEventListener("keydown", (event) => this.key(event));
    const start = this.start;
    this.map.setView(start ? [start.lat, start.lon] : [51, 4.7], this.place ? 13.5 : 12);
    this.map.on("click", (event) => this.put(event.latlng.lat, event.latlng.lng));
    this.show(false);
    window.L.control.scale({ imperial: false }).addTo(this.map);
    if (this.root.dataset.layer) this.around();
  }

  /** The areas and the other locations, to find one's way by. */
  async around() {
    const options = {
      interactive: false,
      style: { className: "pin__area" },
      pointToLayer: (_feature, at) => window.L.circleMarker(at, { interactive: false, radius: 4, className: "pin__other" }),
    };
    try {
      for (const url of [this.root.dataset.layer, this.root.dataset.others]) {
        const answer = await fetch(url, { headers: { Accept: "application/geo+json" } });
        if (!answer.ok) throw new Error(answer.statusText);
        window.L.geoJSON(await answer.json(), options).addTo(this.map);
      }
    } catch {
      this.say(this.root.dataset.failed);
    }
  }

  /** Put the pin there, and say so. */
  put(lat, lon) {
    this.lat.value = written(lat);
    this.lon.value = written(lon);
    this.show(false);
    this.say(this.root.dataset.moved.replace("{lat}", written(lat)).replace("{lon}", written(lon)));
  }

  /** Let the map follow the fields. */
  show(centre) {
    const place = this.place;
    if (!this.map) return;
    if (!place) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    if (this.marker) {
      this.marker.setLatLng([place.lat, place.lon]);
    } else {
      this.marker = this.symbol([place.lat, place.lon]).addTo(this.map);
      this.marker.on("dragend", () => {
        const { lat, lng } = this.marker.getLatLng();
        this.put(lat, lng);
      });
    }
    if (centre || !this.map.getBounds().contains([place.lat, place.lon])) this.map.panTo([place.lat, place.lon]);
  }

  /** The symbol of a location, from the sprite of the page. */
  symbol(at) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "symbol symbol-location");
    drawing.setAttribute("width", "28");
    drawing.setAttribute("height", "28");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "#t-location");
    drawing.append(use);
    const icon = window.L.divIcon({ html: drawing, className: "pin__symbol", iconSize: [28, 28], iconAnchor: [14, 14] });
    return window.L.marker(at, { icon, draggable: true, keyboard: false });
  }

  /** Move the pin so many steps east and north. */
  move(east, north, large) {
    const start = this.start;
    if (!start) return;
    const step = (large ? LARGE : STEP) / METRES_A_DEGREE;
    this.put(start.lat + north * step, start.lon + (east * step) / Math.cos((start.lat * Math.PI) / 180));
  }

  key(event) {
    const way = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (way) {
      event.preventDefault();
      this.move(way[0], way[1], event.shiftKey);
    } else if (event.key === "+" || event.key === "=") {
      this.map.zoomIn();
    } else if (event.key === "-") {
      this.map.zoomOut();
    }
  }

  pressed(event) {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const [east, north] = button.dataset.move.split(",").map(Number);
    this.move(east, north, this.large.checked || event.shiftKey);
  }

  say(text) {
    this.status.textContent = text;
  }
}

// Leaflet is a deferred script before this module, so it is there.
for (const root of document.querySelectorAll("[data-pin]")) new Pin(root);
