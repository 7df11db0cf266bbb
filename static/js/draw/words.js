/** What is drawn, said in the language of the page. The words come with the field (`core.drawing.words_for_script`). */

import { direction, distance, length, surface } from "./shape.js";
import { degrees } from "./text.js";

export class Words {
  /** @param {Record<string, any>} text @param {string} language */
  constructor(text, language) {
    this.text = text;
    this.language = language;
  }

  /** A sentence with its blanks filled in. @param {string} name @param {Record<string, string | number>} [values] */
  say(name, values = {}) {
    return Object.entries(values).reduce((said, [key, value]) => said.replace(`{${key}}`, String(value)), this.text[name]);
  }

  /** @param {[number, number]} place */
  place([lat, lon]) {
    return this.say("place", { north: degrees(lat, this.language), east: degrees(lon, this.language) });
  }

  /** What a row says: how far and which way it lies from the one before. @param {[number, number][]} places @param {number} index */
  row(places, index) {
    if (index === 0) return this.say("row_first", { number: 1 });
    const [here, before] = [places[index], places[index - 1]];
    return this.say("row", {
      number: index + 1,
      other: index,
      distance: this.metres(distance(here, before)),
      direction: this.text.directions[direction(here, before)],
    });
  }

  /** Where a place lies in what was just done: its row without its number, or its degrees. */
  where(places, index) {
    return index === 0 ? this.place(places[0]) : this.row(places, index).replace(/^[^:]*:\s*/, "");
  }

  /** How many are left. @param {number} number */
  left(number) {
    return number === 0 ? this.say("none_left") : number === 1 ? this.say("one_left") : this.say("left", { number });
  }

  /** What was finished, with its size. @param {import("./shape.js").Shape} shape */
  finished({ kind, places }) {
    const size = kind === "line" ? this.metres(length(places)) : this.#surface(surface(places));
    return this.say(kind, { number: places.length, size });
  }

  /** @param {number} value */
  metres(value) {
    return value < 1_000 ? this.#number(Math.round(value), "meter") : this.#number(value / 1_000, "kilometer", 1);
  }

  #surface(value) {
    if (value >= 10_000) return this.#number(value / 10_000, "hectare", value < 100_000 ? 1 : 0);
    return `${new Intl.NumberFormat(this.language).format(Math.round(value))} m²`;
  }

  #number(value, unit, digits = 0) {
    return new Intl.NumberFormat(this.language, { style: "unit", unit, maximumFractionDigits: digits }).format(value);
  }
}
