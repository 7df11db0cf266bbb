// Suggestions under a search field: the combobox pattern of WAI-ARIA. htmx fetches them; without a script the form just searches.

class Combobox {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.list = form.querySelector(".suggestions");
    this.status = form.querySelector("[data-search-status]");
    this.current = -1;
    this.list.setAttribute("role", "listbox");
    for (const [name, value] of [
      ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id],
    ]) this.input.setAttribute(name, value);
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.input.addEventListener("htmx:afterSettle", () => this.fresh());
    this.list.addEventListener("htmx:afterSettle", () => this.fresh());
    this.input.addEventListener("htmx:responseError", () => this.close());
    this.input.addEventListener("htmx:sendError", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  fresh() {
    this.current = -1;
    this.input.removeAttribute("aria-activedescendant");
    const options = this.options;
    options.forEach((option, n) => (option.id = `${this.list.id}-${n}`));
    this.show(options.length > 0 && document.activeElement === this.input);
    const { none, one, more } = this.list.dataset;
    const words = options.length === 0 ? none : options.length === 1 ? one : more.replace("{n}", String(options.length));
    this.status.textContent = this.input.value.trim().length > 1 ? words : "";
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    this.show(false);
    this.mark(-1);
  }

  mark(position) {
    this.current = position;
    this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === position)));
    const option = this.options[position];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const options = this.options;
    const isOpen = !this.list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (!isOpen) this.show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const last = options.length;
      this.mark(((this.current + 1 + step + last + 1) % (last + 1)) - 1);
    } else if (event.key === "Enter" && isOpen && this.current >= 0) {
      event.preventDefault();
      this.choose(options[this.current]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    }
  }

  /** @param {HTMLElement | null} option */
  choose(option) {
    if (!option) return;
    this.close();
    const chosen = new CustomEvent("search:chosen", { bubbles: true, cancelable: true, detail: { ...option.dataset } });
    if (this.form.dispatchEvent(chosen)) location.assign(option.dataset.url);
  }
}

for (const form of document.querySelectorAll("form[data-search]")) new Combobox(form);
