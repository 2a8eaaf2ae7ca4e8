// A terminal on the page.
import { fill, h, onceAFrame } from "../dom.js";
import { keyText, pasted } from "./keys.js";
import { BOLD, DIM, HIDDEN, INVERSE, ITALIC, PLAIN, STRIKE, Screen, UNDERLINE } from "./screen.js";

const CLASSES = [[BOLD, "b"], [DIM, "d"], [ITALIC, "i"], [UNDERLINE, "u"], [HIDDEN, "h"], [STRIKE, "s"]];
const STEPS = [0, 95, 135, 175, 215, 255];

/** The colour of xterm's palette beyond the sixteen that the style sheet has. */
export function paletteColour(n) {
  if (n >= 232) {
    const grey = 8 + (n - 232) * 10;
    return `rgb(${grey},${grey},${grey})`;
  }
  const cube = n - 16;
  return `rgb(${STEPS[Math.floor(cube / 36)]},${STEPS[Math.floor(cube / 6) % 6]},${STEPS[cube % 6]})`;
}

export class Terminal {
  /** `typed(text)` takes input, `resized(cols, rows)` the size, which is told whenever it is another one. */
  constructor({ typed, resized }) {
    this.typed = typed;
    this.resized = resized;
    this.screen = new Screen(80, 24, { reply: typed });
    this.old = h("div", {});
    this.now = h("div", {});
    this.probe = h("span", { class: "probe", "aria-hidden": "true" }, "W".repeat(10));
    this.input = h("textarea", { class: "terminal-input", "aria-label": "Terminal input; Shift+Escape leaves it", autocapitalize: "off",
      autocomplete: "off", spellcheck: "false", onkeydown: event => this.#key(event), oninput: () => this.#typed(),
      onpaste: event => this.#paste(event), onfocus: () => this.draw(), onblur: () => this.draw() });
    this.text = h("div", { class: "terminal-text" }, this.old, this.now);
    this.element = h("div", { class: "terminal", onmouseup: () => getSelection().isCollapsed && this.focus() },
      this.probe, this.text, this.input);
    this.shown = 0;
    this.draw = onceAFrame(() => this.#draw());
    this.observer = new ResizeObserver(() => this.#measure());
    this.observer.observe(this.text);
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  write(text) {
    this.screen.write(text);
    this.draw();
  }

  close() {
    this.observer.disconnect();
    this.draw.stop();
  }

  #measure() {
    const { width, height } = this.probe.getBoundingClientRect();
    const cols = Math.max(20, Math.floor(this.text.clientWidth / (width / 10)));
    const rows = Math.max(5, Math.floor(this.text.clientHeight / height));
    if (width > 0 && (cols !== this.screen.cols || rows !== this.screen.rows || !this.measured)) {
      this.measured = true;
      this.screen.resize(cols, rows);
      this.resized(cols, rows);
      this.draw();
    }
  }

  #draw() {
    const { screen, text } = this;
    const atEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 30;
    this.old.hidden = screen.alternate;
    this.#drawHistory();
    fill(this.now, screen.lines.map((row, y) => rowElement(row, screen.modes.cursor && y === screen.y ? screen.x : -1)));
    this.now.classList.toggle("focused", document.activeElement === this.input);
    if (atEnd) {
      text.scrollTop = text.scrollHeight;
    }
  }

  #drawHistory() {
    const { history, dropped } = this.screen;
    if (history.length + dropped < this.shown) {
      this.shown = dropped;
      fill(this.old);
    }
    this.old.append(...history.slice(Math.max(0, this.shown - dropped)).map(row => rowElement(row, -1)));
    this.shown = history.length + dropped;
    while (this.old.childElementCount > history.length) {
      this.old.firstElementChild.remove();
    }
  }

  #key(event) {
    if (event.isComposing || (event.key === "Escape" && event.shiftKey)) {
      event.key === "Escape" && this.input.blur();
      return;
    }
    const copy = event.ctrlKey && event.key.toLowerCase() === "c" && (event.shiftKey || !getSelection().isCollapsed);
    const paste = event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "v";
    if (copy) {
      navigator.clipboard.writeText(getSelection().toString());
      getSelection().removeAllRanges();
      event.preventDefault();
      return;
    }
    const text = paste ? undefined : keyText(event, this.screen.modes.application);
    if (text !== undefined) {
      event.preventDefault();
      this.#send(text);
    }
  }

  #typed() {
    const text = this.input.value;
    this.input.value = "";
    this.#send(text.replace(/\n/g, "\r"));
  }

  #paste(event) {
    event.preventDefault();
    this.#send(pasted(event.clipboardData.getData("text"), this.screen.modes.paste));
  }

  #send(text) {
    this.text.scrollTop = this.text.scrollHeight;
    this.typed(text);
  }
}

/** A row: runs that look alike are one element. */
function rowElement({ chars, looks }, cursor) {
  const row = h("div", {});
  let from = 0;
  for (let x = 1; x <= chars.length; x++) {
    if (x === chars.length || looks[x] !== looks[from] || x === cursor || from === cursor) {
      row.append(run(chars.slice(from, x).join(""), looks[from], from === cursor));
      from = x;
    }
  }
  return row;
}

function run(text, look, cursor) {
  if (look === PLAIN && !cursor) {
    return document.createTextNode(text);
  }
  const [fg, bg] = look.flags & INVERSE ? [look.bg ?? "back", look.fg ?? "text"] : [look.fg, look.bg];
  const element = h("span", { class: [...CLASSES.filter(([flag]) => look.flags & flag).map(([, name]) => name),
    cursor && "cursor"].filter(Boolean).join(" ") }, text);
  colour(element, "color", fg);
  colour(element, "background-color", bg);
  return element;
}

function colour(element, property, value) {
  if (value !== undefined) {
    element.style.setProperty(property, typeof value === "number" && value > 15 ? paletteColour(value)
      : typeof value === "number" || value === "back" || value === "text" ? `var(--term-${value})` : value);
  }
}
