/** The panel beside the map: made by the server, opened from map and lists, closed with Escape. */

import { Latest } from "./loading.js";
import { partsOf, serialize } from "./state.js";

export class Panel {
  /**
   * @param {HTMLElement} work the part of the page with the layers, the map and the panel
   * @param {import("./state.js").Store} store
   * @param {{panelUrl: string, listUrl: string, kinds: any[], layers: any[], text: Record<string, string>}} config
   */
  constructor(work, store, config) {
    this.work = work;
    this.store = store;
    this.config = config;
    this.latest = new Latest();
    this.shown = this.queryOf(store.state);
    /** Where the focus goes back to: asked anew, since the map redraws its parts. @type {() => Element | null} */
    this.opener = () => null;
    work.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
  }

  get element() {
    return this.work.querySelector("#panel");
  }

  get isOpen() {
    return Boolean(this.store.state.choice);
  }

  /** @param {() => Element | null} opener */
  openedFrom(opener) {
    this.opener = opener;
  }

  close() {
    if (!this.isOpen) return;
    this.store.change({ choice: "" }, "close");
  }

  /** What the panel depends on: everything but the view. @param {import("./state.js").MapState} state */
  queryOf(state) {
    return serialize({ ...state, zoom: null, center: null });
  }

  /** @param {import("./state.js").MapState} state @param {string} how */
  async load(state, how) {
    const query = this.queryOf(state);
    this.element.setAttribute("aria-busy", "true");
    try {
      const html = await this.latest.text(this.config.panelUrl + query);
      if (html === null) return;
      this.#replace(html);
      this.shown = query;
    } catch {
      this.shown = null;
      this.#fail(state);
    }
    this.#settle(how);
  }

  #replace(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const fresh = template.content.querySelector("#panel");
    if (!fresh) throw new Error("no panel");
    this.element.replaceWith(fresh);
    for (const id of ["map-drawing", "map-figures", "map-list"]) this.#exchange(id, template.content.querySelector(`#${id}`));
    if (fresh.dataset.title) document.title = fresh.dataset.title;
  }

  /** A part beside the panel; what had the focus in it keeps it, or the choice next to it. */
  #exchange(id, fresh) {
    const old = document.getElementById(id);
    if (!old || !fresh) return;
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (!held) return;
    const same = held.id ? fresh.querySelector(`#${held.id}`) : fresh.querySelector(`[rel="${held.rel}"]`);
    (same ?? fresh.querySelector("#period") ?? fresh.querySelector("select"))?.focus({ preventScroll: true });
  }

  #fail(state) {
    const [layer, slug] = partsOf(state.choice);
    const pages = [...this.config.kinds, ...this.config.layers].find((one) => one.slug === layer)?.pages;
    const link = document.createElement("a");
    link.href = pages ? `${pages}${slug}/` : this.config.listUrl;
    link.textContent = this.config.text.open_page;
    const notice = document.createElement("div");
    notice.className = "notice notice--error";
    notice.setAttribute("role", "alert");
    notice.append(Object.assign(document.createElement("p"), { textContent: this.config.text.panel_failed }), link);
    this.element.removeAttribute("aria-busy");
    this.element.replaceChildren(notice);
  }

  #settle(how) {
    if (how === "close") {
      const target = this.opener();
      (target ?? this.element.querySelector("h2"))?.focus();
      this.opener = () => null;
    } else if (this.isOpen && (how === "pointer" || how === "keyboard")) {
      this.element.querySelector("h2")?.focus({ preventScroll: true });
      if (matchMedia("(max-width: 55.99rem)").matches) this.element.scrollIntoView({ block: "nearest" });
    }
  }

  /** Links that lead to another view of this same map are followed without leaving it. */
  #follow(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== this.store.path || url.hash) return;
    event.preventDefault();
    const next = this.store.read(url.search);
    if (link.matches("[data-close]")) {
      this.store.change({ choice: "" }, "close");
      return;
    }
    const { pathname, search } = url;
    if (link.rel) {
      this.store.change({ figure: next.figure, period: next.period }, "step");
      return;
    }
    this.openedFrom(() => this.work.querySelector(`a[href="${CSS.escape(pathname + search)}"]`));
    this.store.change({ choice: next.choice, kind: next.kind || this.store.state.kind }, "keyboard");
  }
}
