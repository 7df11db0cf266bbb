/** "Toon mijn plek": the position stays in this browser, nothing is sent. */

const L = window.L;

export class Place {
  /** @param {L.Map} map @param {HTMLButtonElement} button @param {(words: string) => void} say @param {Record<string, string>} text */
  constructor(map, button, say, text) {
    this.map = map;
    this.say = say;
    this.text = text;
    this.group = L.layerGroup().addTo(map);
    button.addEventListener("click", () => this.find(button));
  }

  /** @param {HTMLButtonElement} button */
  find(button) {
    if (!navigator.geolocation) {
      this.say(this.text.place_unknown);
      return;
    }
    button.setAttribute("aria-busy", "true");
    const done = (work) => (result) => {
      button.removeAttribute("aria-busy");
      work(result);
    };
    navigator.geolocation.getCurrentPosition(
      done(({ coords }) => this.#show(coords)),
      done((error) => this.say(error.code === 1 ? this.text.place_refused : this.text.place_unknown)),
      { timeout: 10_000, maximumAge: 60_000 },
    );
  }

  #show({ latitude, longitude, accuracy }) {
    const here = [latitude, longitude];
    this.group.clearLayers();
    L.circle(here, { radius: Math.min(accuracy, 5_000), className: "my-place-range", pane: "chosen", interactive: false }).addTo(this.group);
    L.circleMarker(here, { radius: 8, className: "my-place", pane: "chosen", interactive: false }).addTo(this.group);
    this.map.setView(here, Math.max(this.map.getZoom(), 14));
    this.say(this.text.place_found);
  }
}
