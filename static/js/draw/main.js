/**
 * A field in which something is drawn (`core.drawing`): a point, a line or a polygon. The kind and the text of the field hold the truth;
 * the map and the list of points follow them, and write them. Without this script the text is the field.
 */

import { Rows } from "./rows.js";
import { Shape, shifted } from "./shape.js";
import { read, written } from "./text.js";
import { Words } from "./words.js";

const STEP = 5; // metres
const LARGE = 100;

class Drawing {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.config = JSON.parse(root.dataset.draw);
    this.words = new Words(this.config.text, this.config.language);
    this.text = root.querySelector("textarea");
    this.kinds = [...root.querySelectorAll("[data-draw-kind] input")];
    this.work = root.querySelector("[data-draw-work]");
    this.status = root.querySelector("[data-draw-status]");
    this.pad = root.querySelector("[data-draw-move]");
    this.chosen = -1;
    this.shape = new Shape(this.kind);
    this.rows = new Rows(root, this.words, {
      choose: (index) => this.choose(this.chosen === index ? -1 : index),
      move: (index, way, large) => this.step(index, way, large),
      add: (index) => this.addAfter(index),
      remove: (index) => this.remove(index, true),
    });
    this.take();
    this.listen();
  }

  /** What the field says that is drawn. */
  get kind() {
    return (this.kinds.find((input) => input.type === "hidden" || input.checked) ?? { value: "" }).value;
  }

  get isDrawn() {
    return this.shape.places.length >= (this.config.least[this.shape.kind] ?? Infinity);
  }

  /** Take over what the field holds; what cannot be read stays for the server, which says why. */
  take() {
    const found = read(this.text.value);
    if (found) this.shape = new Shape(this.kind || found.kind, found.places);
    if (found?.kind) this.tick(found.kind);
    this.isDone = this.isDrawn;
    const fold = this.root.querySelector("[data-draw-text]");
    fold.open = !found;
    if (!found) this.say(this.words.say("unread"));
    this.show();
  }

  listen() {
    for (const input of this.kinds) input.addEventListener("change", () => this.become(input.value));
    this.text.addEventListener("change", () => this.typed());
    this.root.addEventListener("click", (event) => {
      const { drawDo, move } = event.target.closest("button")?.dataset ?? {};
      if (drawDo) this.do(drawDo);
      if (move) this.step(this.chosen, move.split(",").map(Number), event.shiftKey || this.root.querySelector("[data-draw-large]").checked);
    });
  }

  do(what) {
    const doing = {
      in: () => this.face?.zoom(1),
      out: () => this.face?.zoom(-1),
      all: () => this.face?.fit(this.shape.places),
      middle: () => this.middle && this.put(this.middle),
      undo: () => this.undo(),
      last: () => this.shape.places.length ? this.remove(this.shape.places.length - 1) : this.say(this.words.say("none_left")),
      finish: () => (this.isDone ? this.goOn() : this.finish()),
    };
    doing[what]();
  }

  /** Where a point comes that is put without pointing: in the middle of what is shown. @returns {[number, number] | undefined} */
  get middle() {
    const { box } = this.config;
    return this.face?.middle ?? (box && [(box[1] + box[3]) / 2, (box[0] + box[2]) / 2]);
  }

  tick(kind) {
    for (const input of this.kinds) if (input.type === "radio") input.checked = input.value === kind;
  }

  become(kind) {
    this.shape.become(kind);
    this.chosen = -1;
    this.isDone = this.isDrawn;
    this.changed();
  }

  /** The text was changed by hand. */
  typed() {
    const found = read(this.text.value);
    if (!found) {
      this.say(this.words.say("unread"));
      return;
    }
    const kind = found.kind || this.shape.kind;
    this.shape.replace(kind, found.places);
    this.tick(kind);
    this.chosen = -1;
    this.isDone = this.isDrawn;
    this.show();
    this.face?.fit(found.places);
    this.say(this.words.say("read", { number: found.places.length }));
  }

  /** A tap on the map. */
  put(place) {
    if (this.shape.kind !== "point" && this.isDone) {
      this.say(this.words.say("is_done"));
      return;
    }
    if (this.isFull) return;
    this.chosen = this.shape.add(place);
    if (this.shape.kind === "point") this.isDone = true;
    this.changed();
    const name = this.shape.kind === "point" ? "put" : "added";
    this.say(this.words.say(name, { number: this.chosen + 1, where: this.words.where(this.shape.places, this.chosen) }));
  }

  addAfter(index) {
    if (this.isFull) return;
    this.chosen = this.shape.addBetween(index);
    this.changed();
    this.rows.focus(this.chosen);
    this.say(this.words.say("added", { number: this.chosen + 1, where: this.words.where(this.shape.places, this.chosen) }));
  }

  get isFull() {
    const isFull = this.shape.kind !== "point" && this.shape.places.length >= this.config.most;
    if (isFull) this.say(this.words.say("most", { number: this.config.most }));
    return isFull;
  }

  /** A tap on a point: the last one, or the first of a polygon, finishes; any other is chosen. */
  tap(index) {
    const isEnd = index === this.shape.places.length - 1 || (index === 0 && this.shape.kind === "polygon");
    if (!this.isDone && isEnd && this.isDrawn) this.finish();
    else this.choose(index);
  }

  choose(index) {
    this.chosen = index;
    this.show();
  }

  move(index, place) {
    this.shape.move(index, place);
    this.chosen = index;
    this.changed();
    this.face?.bringIntoView(this.shape.places[index]);
    this.say(this.words.say("moved", { number: index + 1, where: this.words.where(this.shape.places, index) }));
  }

  step(index, [east, north], isLarge) {
    const size = isLarge ? LARGE : STEP;
    if (this.shape.places[index]) this.move(index, shifted(this.shape.places[index], east * size, north * size));
  }

  remove(index, fromList = false) {
    this.shape.remove(index);
    this.chosen = -1;
    if (!this.isDrawn) this.isDone = false;
    this.changed();
    if (fromList) {
      if (this.shape.places.length) this.rows.focus(index);
      else this.root.querySelector('[data-draw-do="middle"]').focus();
    }
    this.say(`${this.words.say("removed", { number: index + 1 })} ${this.words.left(this.shape.places.length)}`);
  }

  undo() {
    if (!this.shape.undo()) {
      this.say(this.words.say("nothing_to_undo"));
      return;
    }
    this.tick(this.shape.kind);
    this.chosen = -1;
    this.isDone = this.isDone && this.isDrawn;
    this.changed();
    this.say(`${this.words.say("undone")} ${this.words.left(this.shape.places.length)}`);
  }

  finish() {
    if (!this.isDrawn) {
      this.say(this.words.say(`need_${this.shape.kind}`));
      return;
    }
    this.isDone = true;
    this.chosen = -1;
    this.show();
    this.say(this.words.finished(this.shape));
  }

  goOn() {
    this.isDone = false;
    this.show();
    this.say(this.words.say("on"));
  }

  /** Write what was drawn into the field, and show it. What is drawn is kept aside while nothing is chosen. */
  changed() {
    this.text.value = this.shape.kind ? written(this.shape.places, this.config.language) : "";
    this.text.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  show() {
    const { kind, places } = this.shape;
    if (kind === "point") this.chosen = places.length - 1;
    this.work.hidden = !kind;
    if (kind && !this.isUnfolded) this.unfold();
    this.rows.show(this.shape, this.chosen);
    this.face?.show(this.shape, this.chosen, this.isDone);
    const finish = this.root.querySelector('[data-draw-do="finish"]');
    finish.hidden = kind === "point";
    finish.lastChild.textContent = this.words.say(this.isDone ? "go_on" : "finish");
    this.pad.hidden = !places[this.chosen];
  }

  /** The map, once there is something to draw; without it the list and the text go on working. */
  async unfold() {
    this.isUnfolded = true;
    const sheet = this.root.querySelector(".draw__face");
    try {
      await leaflet(this.root.dataset.leaflet);
      const { Face } = await import("./face.js");
      this.face = new Face(sheet, this.config, {
        put: (place) => this.put(place),
        tap: (index) => this.tap(index),
        drag: (index, place) => this.move(index, place),
        failed: () => this.say(this.words.say("failed")),
      });
      this.face.fit(this.shape.places);
      this.show();
    } catch {
      sheet.parentElement.hidden = true;
      this.say(this.words.say("failed"));
    }
  }

  say(words) {
    this.status.textContent = words;
  }
}

/** @type {Promise<void> | undefined} */
let loading;

/** Leaflet, once for a page. @param {string} url */
function leaflet(url) {
  loading ??= new Promise((done, failed) => {
    if (window.L) done();
    else document.head.append(Object.assign(document.createElement("script"), { src: url, onload: done, onerror: failed }));
  });
  return loading;
}

/** Wake the fields in a part of the page. @param {ParentNode} part */
function wake(part) {
  for (const field of part.querySelectorAll("[data-draw]:not([data-awake])")) {
    field.dataset.awake = "true";
    new Drawing(field);
  }
}

wake(document);
document.addEventListener("htmx:afterSwap", (event) => wake(event.target.parentElement ?? document));
