// A table of any length: only the rows in sight are elements.
import { cellText, compareCells } from "./text.js";
import { fill, h, onceAFrame } from "./dom.js";

const ROW_PX = 34;
const AROUND = 8;
const SAMPLE = 300;
const WIDEST_CH = 44;

/**
 * Shows rows of a Table. `open(row)` follows a row; `href(row)` is where it leads. Keys: arrows, page keys, Home, End,
 * Enter.
 */
export class Grid {
  constructor({ label, href, open, cell }) {
    Object.assign(this, { href, open, customCell: cell });
    this.columns = [];
    this.rows = [];
    this.chosen = -1;
    this.sort = { index: -1, down: false };
    this.head = h("div", { class: "grid-head", role: "row" });
    this.body = h("div", { class: "grid-body", role: "rowgroup" });
    this.element = h("div", { class: "grid", role: "grid", tabindex: "0", "aria-label": label,
      onscroll: () => this.redraw(), onkeydown: event => this.#key(event) }, this.head, this.body);
    this.redraw = onceAFrame(() => this.#draw());
    this.resized = new ResizeObserver(this.redraw);
    this.resized.observe(this.element);
    this.clock = setInterval(this.redraw, 5000);
  }

  close() {
    this.resized.disconnect();
    clearInterval(this.clock);
    this.redraw.stop();
  }

  /** Other rows; `columns` are a Table's, with `index` into the cells (-1 for the namespace). */
  show(columns, rows) {
    const names = columns.map(column => column.name).join();
    this.rows = rows;
    if (names !== this.names) {
      this.names = names;
      this.columns = columns;
      this.sort = { index: -1, down: false };
    }
    if (names !== this.sizedNames || (this.sized ?? 0) < Math.min(rows.length, SAMPLE)) {
      this.sizedNames = names;
      this.sized = Math.min(rows.length, SAMPLE);
      this.#size();
    }
    this.#order();
    this.redraw();
  }

  #cell(row, column) {
    return column.index < 0 ? row.meta.namespace ?? "" : cellText(column, row.cells[column.index], row, Date.now());
  }

  #size() {
    const widths = this.columns.map(column => this.rows.slice(0, SAMPLE)
      .reduce((widest, row) => Math.max(widest, this.#cell(row, column).length), column.name.length + 2));
    this.element.style.setProperty("--columns",
      widths.map((w, i) => `minmax(${Math.min(w, WIDEST_CH) + 2}ch, ${i === 0 || this.columns[i].name === "Name" ? "3fr" : "1fr"})`).join(" "));
    fill(this.head, this.columns.map((column, i) => h("div", { role: "columnheader", title: column.description,
      "aria-sort": this.sort.index === i ? (this.sort.down ? "descending" : "ascending") : "none" },
      h("button", { class: "plain", onclick: () => this.#sortBy(i) }, column.name,
        this.sort.index === i && (this.sort.down ? " ▾" : " ▴")))));
  }

  #sortBy(index) {
    this.sort = this.sort.index !== index ? { index, down: false }
      : this.sort.down ? { index: -1, down: false } : { index, down: true };
    this.#size();
    this.#order();
    this.redraw();
  }

  #order() {
    const column = this.columns[this.sort.index];
    if (column) {
      const value = column.name === "Age" ? row => -Date.parse(row.meta.creationTimestamp)
        : row => column.index < 0 ? row.meta.namespace : row.cells[column.index];
      this.rows = [...this.rows].sort((a, b) => compareCells(value(a), value(b)) * (this.sort.down ? -1 : 1));
    }
  }

  #draw() {
    const view = this.element;
    const first = Math.max(0, Math.floor(view.scrollTop / ROW_PX) - AROUND);
    const last = Math.min(this.rows.length, Math.ceil((view.scrollTop + view.clientHeight) / ROW_PX) + AROUND);
    view.setAttribute("aria-rowcount", this.rows.length);
    this.body.style.height = `${this.rows.length * ROW_PX}px`;
    fill(this.body, this.rows.slice(first, last).map((row, i) => this.#row(row, first + i)));
    view.setAttribute("aria-activedescendant", this.chosen >= first && this.chosen < last ? `row-${this.chosen}` : "");
  }

  #row(row, index) {
    const element = h("div", { class: "grid-row", role: "row", id: `row-${index}`, "aria-rowindex": index + 1,
      "aria-selected": index === this.chosen, onclick: event => event.target.closest("a") || this.open(row) },
      this.columns.map(column => {
        const text = this.#cell(row, column);
        return h("div", { role: "gridcell", title: text, class: this.customCell?.(column, text) },
          column.name === "Name" && column.index >= 0 ? h("a", { href: this.href(row), tabindex: "-1" }, text) : text);
      }));
    element.style.top = `${index * ROW_PX}px`;
    return element;
  }

  #key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW_PX) - 2);
    const to = { ArrowDown: this.chosen + 1, ArrowUp: this.chosen - 1, PageDown: this.chosen + page,
      PageUp: this.chosen - page, Home: 0, End: this.rows.length - 1 }[event.key];
    if (event.key === "Enter" && this.rows[this.chosen] && event.target === this.element) {
      this.open(this.rows[this.chosen]);
    } else if (to !== undefined && this.rows.length > 0) {
      this.chosen = Math.min(this.rows.length - 1, Math.max(0, to));
      const top = this.chosen * ROW_PX;
      if (top < this.element.scrollTop) {
        this.element.scrollTop = top;
      } else if (top + 3 * ROW_PX > this.element.scrollTop + this.element.clientHeight) {
        this.element.scrollTop = top + 3 * ROW_PX - this.element.clientHeight;
      }
      this.redraw();
    } else {
      return;
    }
    event.preventDefault();
  }
}
