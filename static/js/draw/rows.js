/** The points as a list: each a row that says where it lies, moves with the arrow keys, takes one behind it, goes. */

const WAYS = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export class Rows {
  /**
   * @param {HTMLElement} root
   * @param {import("./words.js").Words} words
   * @param {{choose: (index: number) => void, move: (index: number, way: number[], large: boolean) => void, add: (index: number) => void, remove: (index: number) => void}} doing
   */
  constructor(root, words, doing) {
    this.section = root.querySelector("[data-draw-points]");
    this.list = this.section.querySelector("ol");
    this.row = root.querySelector("[data-draw-row]").content;
    this.words = words;
    this.doing = doing;
    this.list.addEventListener("click", (event) => this.#clicked(event));
    this.list.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {import("./shape.js").Shape} shape @param {number} chosen */
  show({ kind, places }, chosen) {
    this.section.hidden = places.length === 0;
    while (this.list.children.length > places.length) this.list.lastElementChild.remove();
    while (this.list.children.length < places.length) this.list.append(this.row.cloneNode(true));
    [...this.list.children].forEach((row, index) => this.#write(row, places, index, index === chosen, kind));
  }

  #write(row, places, index, isChosen, kind) {
    const number = index + 1;
    const [vertex, add, remove] = row.querySelectorAll("button");
    vertex.setAttribute("aria-pressed", String(isChosen));
    row.querySelector(".draw__number").textContent = String(number);
    row.querySelector("[data-words]").textContent = this.words.row(places, index);
    row.querySelector("[data-place]").textContent = this.words.place(places[index]);
    add.hidden = kind === "point";
    add.setAttribute("aria-label", this.words.say("add_after", { number }));
    remove.setAttribute("aria-label", this.words.say("remove", { number }));
  }

  /** @param {number} index */
  focus(index) {
    const rows = this.list.children;
    rows[Math.min(index, rows.length - 1)]?.querySelector("button").focus();
  }

  #indexOf(element) {
    return [...this.list.children].indexOf(element.closest("li"));
  }

  #clicked(event) {
    const button = event.target.closest("button");
    if (button) this.doing[button.dataset.row ?? "choose"](this.#indexOf(button));
  }

  #key(event) {
    const vertex = event.target.closest(".draw__vertex");
    if (!vertex || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = this.#indexOf(vertex);
    if (WAYS[event.key]) this.doing.move(index, WAYS[event.key], event.shiftKey);
    else if (event.key === "Delete" || event.key === "Backspace") this.doing.remove(index);
    else return;
    event.preventDefault();
  }
}
