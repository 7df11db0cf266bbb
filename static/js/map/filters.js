/** The form beside the map (kind, figure, layers, their filters) and, on a phone, the sheet that shows it in place of the panel. */

import { partsOf } from "./state.js";

export class Filters {
  /**
   * @param {HTMLElement} work
   * @param {HTMLFormElement} form
   * @param {import("./state.js").Store} store
   */
  constructor(work, form, store) {
    this.work = work;
    this.form = form;
    this.store = store;
    form.addEventListener("change", () => this.#read());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#read();
    });
    for (const button of work.querySelectorAll("[data-sheet-button]")) {
      button.addEventListener("click", () => this.sheet(button));
    }
    work.querySelector("[data-sheet-close]")?.addEventListener("click", () => this.sheet(null));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.work.dataset.sheet) return;
      event.preventDefault();
      this.sheet(null);
    });
  }

  #read() {
    const data = new FormData(this.form);
    const layers = data.getAll("lagen").map(String).filter(Boolean);
    const kind = String(data.get("soort") ?? "");
    const filters = Object.fromEntries(this.#filters().map((field) => [field.name, field.value]));
    const changes = { kind, layers: this.#isDefault(layers) ? null : layers, filters, ...this.#figure(data, kind) };
    const [chosen] = partsOf(this.store.state.choice);
    if (this.#kinds().includes(chosen) && chosen !== changes.kind) Object.assign(changes, { choice: "" });
    this.store.change(changes, "form");
  }

  /** The figure and its period; a new figure brings a kind of areas for which it is known, a new kind drops a figure that it does not have. */
  #figure(data, kind) {
    const figure = String(data.get("cijfer") ?? "");
    const kinds = this.form.querySelector("#figure")?.selectedOptions[0]?.dataset.kinds?.split(" ") ?? [];
    if (!figure) return { figure: "", period: "" };
    if (figure !== this.store.state.figure) return { figure, period: "", kind: kinds.includes(kind) ? kind : kinds[0] };
    return kinds.includes(kind) ? { figure, period: String(data.get("periode") ?? "") } : { figure: "", period: "" };
  }

  /** @returns {HTMLSelectElement[]} */
  #filters() {
    return [...this.form.querySelectorAll("select[data-filter]")];
  }

  #kinds() {
    return [...(this.form.elements.namedItem("soort")?.options ?? [])].map((option) => option.value);
  }

  #isDefault(layers) {
    const boxes = [...this.form.querySelectorAll("input[name=lagen][type=checkbox]")];
    return boxes.every((box) => box.hasAttribute("data-first") === layers.includes(box.value));
  }

  /** Makes the form say what the state says. @param {import("./state.js").MapState} state @param {(slug: string) => boolean} isOn */
  write(state, isOn) {
    const kind = this.form.elements.namedItem("soort");
    if (kind && state.kind) kind.value = state.kind;
    for (const field of this.#filters()) field.value = state.filters[field.name] ?? "";
    const figure = this.form.elements.namedItem("cijfer");
    if (figure) figure.value = state.figure;
    for (const box of this.form.querySelectorAll("input[name=lagen][type=checkbox]")) box.checked = isOn(box.value);
  }

  /** @param {HTMLElement | null} button of the part to show; null closes the sheet */
  sheet(button) {
    const part = button?.dataset.sheetButton ?? "";
    const closing = !part || this.work.dataset.sheet === part;
    const opener = this.work.querySelector(`[data-sheet-button="${this.work.dataset.sheet}"]`);
    if (closing) delete this.work.dataset.sheet;
    else this.work.dataset.sheet = part;
    for (const other of this.work.querySelectorAll("[data-sheet-button]")) {
      other.setAttribute("aria-expanded", String(!closing && other === button));
    }
    if (closing) opener?.focus();
    else this.work.querySelector(`[data-sheet-part="${part}"]`)?.focus();
  }
}
