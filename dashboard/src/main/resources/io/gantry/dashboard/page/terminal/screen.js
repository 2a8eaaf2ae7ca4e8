// What a terminal shows: a grid of characters that a program's output changes (ECMA-48 and what xterm added to it, as far as
// shells, editors and top use it). Pure: no page, no clock.

const HISTORY_LINES = 5_000;
const LONGEST_SEQUENCE = 4_096;

/** How characters look; one object for all that look alike. */
export const PLAIN = Object.freeze({ fg: undefined, bg: undefined, flags: 0 });
export const BOLD = 1;
export const DIM = 2;
export const ITALIC = 4;
export const UNDERLINE = 8;
export const INVERSE = 16;
export const HIDDEN = 32;
export const STRIKE = 64;

/** The character cell after a wide one. */
const TAIL = "";

const LINES = Object.fromEntries([..."`afgijklmnopqrstuvwxyz{|}~"].map((c, i) =>
  [c, [..."◆▒°±␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"][i]]));
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{Mark}|[\u200b-\u200f\ufe00-\ufe0f]/u;

const line = (cols, look = PLAIN) => ({ chars: new Array(cols).fill(" "), looks: new Array(cols).fill(look) });

export class Screen {
  /** `reply(text)` takes what the terminal itself answers; `told(name, value)` takes titles and bells. */
  constructor(cols, rows, { reply = () => {}, told = () => {} } = {}) {
    this.reply = reply;
    this.told = told;
    this.reset(cols, rows);
  }

  reset(cols = this.cols, rows = this.rows) {
    this.cols = cols;
    this.rows = rows;
    this.history = [];
    this.dropped = 0;
    this.main = Array.from({ length: rows }, () => line(cols));
    this.lines = this.main;
    this.alternate = false;
    this.x = 0;
    this.y = 0;
    this.top = 0;
    this.bottom = rows - 1;
    this.look = PLAIN;
    this.modes = { wrap: true, insert: false, origin: false, cursor: true, application: false, paste: false, newline: false };
    this.saved = undefined;
    this.tabs = new Set(Array.from({ length: 40 }, (_, i) => i * 8));
    this.charsets = ["B", "B"];
    this.charset = 0;
    this.pending = false;
    this.state = "ground";
    this.sequence = "";
    this.last = " ";
  }

  /** Takes output. */
  write(text) {
    for (const c of text) {
      this.#take(c);
    }
  }

  #take(c) {
    const code = c.codePointAt(0);
    if (this.state === "string") {
      this.#string(c);
    } else if (code === 0x18 || code === 0x1a) {
      this.state = "ground";
    } else if (code === 0x1b) {
      this.state = "escape";
      this.sequence = "";
    } else if (code < 0x20 || code === 0x7f) {
      this.#control(code);
    } else if (this.state === "ground") {
      this.#print(c);
    } else {
      this.#sequence(c);
    }
  }

  #sequence(c) {
    this.sequence += c;
    if (this.state === "escape") {
      this.#escape(c);
    } else if (this.state === "designate") {
      this.charsets[this.designated] = c;
      this.state = "ground";
    } else if (this.state === "hash") {
      this.state = "ground";
    } else if (/[@-~]/.test(c)) {
      this.state = "ground";
      this.#csi(this.sequence);
    } else if (this.sequence.length > LONGEST_SEQUENCE) {
      this.state = "ground";
    }
  }

  /** Titles and device strings end with BEL or ESC \. */
  #string(c) {
    const ended = c === "\u0007" || c === "\u009c" || c === "\u0018" || (c === "\\" && this.sequence.endsWith("\u001b"));
    if (ended) {
      this.state = "ground";
      const title = /^\][02];([^\u001b]*)/.exec(this.sequence);
      title && this.told("title", title[1]);
    } else if (this.sequence.length < LONGEST_SEQUENCE) {
      this.sequence += c;
    } else if (c === "\u001b") {
      this.sequence = `${this.sequence.slice(0, -1)}${c}`;
    }
  }

  #control(code) {
    switch (code) {
      case 7: this.told("bell"); break;
      case 8: this.#moveTo(this.x - 1, this.y); break;
      case 9: this.#tab(1); break;
      case 10: case 11: case 12:
        this.#lineFeed();
        if (this.modes.newline) this.x = 0;
        break;
      case 13: this.x = 0; this.pending = false; break;
      case 14: this.charset = 1; break;
      case 15: this.charset = 0; break;
      default: break;
    }
  }

  #print(char) {
    const c = this.charsets[this.charset] === "0" ? LINES[char] ?? char : char;
    if (c > "\u02ff" && MARK.test(c)) {
      const at = Math.max(0, this.pending ? this.x : this.x - 1);
      this.lines[this.y].chars[at] += c;
      return;
    }
    const width = c > "\u10ff" && WIDE.test(c) ? 2 : 1;
    if (this.modes.wrap && (this.pending || this.x + width > this.cols)) {
      this.x = 0;
      this.pending = false;
      this.#lineFeed();
    }
    if (this.modes.insert) {
      this.#insertChars(width);
    }
    const at = Math.min(this.x, this.cols - width);
    const row = this.lines[this.y];
    this.#untwin(row, at, width);
    row.chars[at] = c;
    row.looks[at] = this.look;
    if (width === 2 && at + 1 < this.cols) {
      row.chars[at + 1] = TAIL;
      row.looks[at + 1] = this.look;
    }
    this.last = c;
    this.x = Math.min(at + width, this.cols - 1);
    this.pending = this.modes.wrap && at + width >= this.cols;
  }

  /** Half of a wide character is a blank. */
  #untwin(row, at, width) {
    if (row.chars[at] === TAIL && at > 0) {
      row.chars[at - 1] = " ";
    }
    if (row.chars[at + width] === TAIL) {
      row.chars[at + width] = " ";
    }
  }

  #lineFeed() {
    this.pending = false;
    if (this.y === this.bottom) {
      this.#scrollUp(1);
    } else if (this.y < this.rows - 1) {
      this.y++;
    }
  }

  #scrollUp(count) {
    for (let i = 0; i < Math.min(count, this.bottom - this.top + 1); i++) {
      const [gone] = this.lines.splice(this.top, 1);
      this.lines.splice(this.bottom, 0, this.#blank());
      if (this.top === 0 && !this.alternate) {
        this.#keep(gone);
      }
    }
  }

  #keep(gone) {
    this.history.push(gone);
    if (this.history.length > HISTORY_LINES) {
      this.history.shift();
      this.dropped++;
    }
  }

  #scrollDown(count) {
    for (let i = 0; i < Math.min(count, this.bottom - this.top + 1); i++) {
      this.lines.splice(this.bottom, 1);
      this.lines.splice(this.top, 0, this.#blank());
    }
  }

  /** Erasing leaves the background's colour. */
  #blank() {
    return line(this.cols, this.#erased());
  }

  #erased() {
    return this.look.bg === undefined ? PLAIN : Object.freeze({ fg: undefined, bg: this.look.bg, flags: 0 });
  }

  #moveTo(x, y) {
    this.x = Math.max(0, Math.min(this.cols - 1, x));
    this.y = Math.max(0, Math.min(this.rows - 1, y));
    this.pending = false;
  }

  /** Up and down stop at the margins when they begin between them. */
  #moveRows(count) {
    const inside = this.y >= this.top && this.y <= this.bottom;
    const [least, most] = inside ? [this.top, this.bottom] : [0, this.rows - 1];
    this.#moveTo(this.x, Math.max(least, Math.min(most, this.y + count)));
  }

  #address(row, col) {
    const y = this.modes.origin ? Math.min(this.bottom, this.top + row - 1) : row - 1;
    this.#moveTo(col - 1, y);
  }

  #tab(count) {
    const step = count > 0 ? 1 : -1;
    for (let i = 0; i < Math.abs(count); i++) {
      do {
        this.#moveTo(this.x + step, this.y);
      } while (this.x > 0 && this.x < this.cols - 1 && !this.tabs.has(this.x));
    }
  }

  #escape(c) {
    this.state = "ground";
    switch (c) {
      case "[": this.state = "csi"; this.sequence = ""; break;
      case "]": case "P": case "X": case "^": case "_": this.state = "string"; break;
      case "(": case ")": this.state = "designate"; this.designated = c === "(" ? 0 : 1; break;
      case "*": case "+": this.state = "designate"; this.designated = 2; break;
      case "#": case "%": case " ": this.state = "hash"; break;
      case "7": this.#save(); break;
      case "8": this.#restore(); break;
      case "D": this.#lineFeed(); break;
      case "E": this.x = 0; this.#lineFeed(); break;
      case "M": this.y === this.top ? this.#scrollDown(1) : this.#moveRows(-1); break;
      case "H": this.tabs.add(this.x); break;
      case "c": this.reset(); break;
      default: break;
    }
  }

  #save() {
    this.saved = { x: this.x, y: this.y, look: this.look, origin: this.modes.origin, charsets: [...this.charsets], charset: this.charset };
  }

  #restore() {
    const { x, y, look, origin, charsets, charset } = this.saved
      ?? { x: 0, y: 0, look: PLAIN, origin: false, charsets: ["B", "B"], charset: 0 };
    Object.assign(this, { look, charsets: [...charsets], charset });
    this.modes.origin = origin;
    this.#moveTo(x, y);
  }

  #csi(sequence) {
    const [, mark, parameters, between, end] = /^([<=>?]?)([0-9:;]*)([ -/]*)(.)$/.exec(sequence) ?? [];
    if (end === undefined) {
      return;
    }
    const numbers = parameters.split(";").map(text => parseInt(text, 10) || 0);
    if (mark === "?" && (end === "h" || end === "l")) {
      numbers.forEach(mode => this.#mode(mode, end === "h"));
    } else if (mark === ">" && end === "c") {
      this.reply("\u001b[>0;0;0c");
    } else if (between === "!" && end === "p") {
      this.#softReset();
    } else if (mark === "" && between === "") {
      this.#command(end, numbers, parameters);
    }
  }

  #command(end, numbers, parameters) {
    const n = Math.max(1, numbers[0]);
    switch (end) {
      case "A": this.#moveRows(-n); break;
      case "B": case "e": this.#moveRows(n); break;
      case "C": case "a": this.#moveTo(this.x + n, this.y); break;
      case "D": this.#moveTo(this.x - n, this.y); break;
      case "E": this.#moveRows(n); this.x = 0; break;
      case "F": this.#moveRows(-n); this.x = 0; break;
      case "G": case "`": this.#moveTo(n - 1, this.y); break;
      case "H": case "f": this.#address(n, Math.max(1, numbers[1] ?? 1)); break;
      case "I": this.#tab(n); break;
      case "Z": this.#tab(-n); break;
      case "d": this.#address(n, this.x + 1); break;
      case "J": this.#eraseScreen(numbers[0]); break;
      case "K": this.#eraseLine(numbers[0]); break;
      case "X": this.#erase(this.y, this.x, Math.min(this.cols, this.x + n)); break;
      case "@": this.#insertChars(n); break;
      case "P": this.#deleteChars(n); break;
      case "L": this.#within(() => this.#scrollDown(n)); break;
      case "M": this.#within(() => this.#scrollUpInside(n)); break;
      case "S": this.#scrollUp(n); break;
      case "T": this.#scrollDown(n); break;
      case "b": for (let i = 0; i < Math.min(n, this.cols * this.rows); i++) this.#print(this.last); break;
      case "r": this.#margins(n, numbers[1] || this.rows); break;
      case "m": this.#style(parameters); break;
      case "s": this.#save(); break;
      case "u": this.#restore(); break;
      case "g": numbers[0] === 3 ? this.tabs.clear() : this.tabs.delete(this.x); break;
      case "n": this.#report(numbers[0]); break;
      case "c": this.reply("\u001b[?1;2c"); break;
      case "h": case "l": numbers.forEach(mode => this.#plainMode(mode, end === "h")); break;
      default: break;
    }
  }

  #report(what) {
    if (what === 5) {
      this.reply("\u001b[0n");
    } else if (what === 6) {
      this.reply(`\u001b[${this.y + 1 - (this.modes.origin ? this.top : 0)};${this.x + 1}R`);
    }
  }

  #plainMode(mode, on) {
    if (mode === 4) this.modes.insert = on;
    if (mode === 20) this.modes.newline = on;
  }

  #mode(mode, on) {
    switch (mode) {
      case 1: this.modes.application = on; break;
      case 6: this.modes.origin = on; this.#address(1, 1); break;
      case 7: this.modes.wrap = on; this.pending = false; break;
      case 25: this.modes.cursor = on; break;
      case 2004: this.modes.paste = on; break;
      case 47: case 1047: this.#screenOf(on); break;
      case 1048: on ? this.#save() : this.#restore(); break;
      case 1049:
        if (on && !this.alternate) this.#save();
        this.#screenOf(on);
        if (!on) this.#restore();
        break;
      default: break;
    }
  }

  #screenOf(alternate) {
    if (alternate !== this.alternate) {
      this.alternate = alternate;
      this.lines = alternate ? Array.from({ length: this.rows }, () => line(this.cols)) : this.main;
      this.pending = false;
    }
  }

  #softReset() {
    Object.assign(this.modes, { insert: false, origin: false, wrap: true, cursor: true, application: false });
    this.look = PLAIN;
    this.top = 0;
    this.bottom = this.rows - 1;
    this.saved = undefined;
  }

  #margins(from, to) {
    const bottom = Math.min(to, this.rows) - 1;
    if (from - 1 < bottom) {
      this.top = from - 1;
      this.bottom = bottom;
      this.#address(1, 1);
    }
  }

  /** Lines come and go from the cursor to the lower margin. */
  #within(change) {
    if (this.y >= this.top && this.y <= this.bottom) {
      const top = this.top;
      this.top = this.y;
      change();
      this.top = top;
      this.x = 0;
      this.pending = false;
    }
  }

  /** Deleted lines are not kept, even on top. */
  #scrollUpInside(count) {
    for (let i = 0; i < Math.min(count, this.bottom - this.top + 1); i++) {
      this.lines.splice(this.top, 1);
      this.lines.splice(this.bottom, 0, this.#blank());
    }
  }

  #erase(y, from, to) {
    const row = this.lines[y];
    const look = this.#erased();
    this.#untwin(row, from, to - from);
    row.chars.fill(" ", from, to);
    row.looks.fill(look, from, to);
    this.pending = false;
  }

  #eraseLine(how) {
    this.#erase(this.y, how === 0 ? this.x : 0, how === 1 ? this.x + 1 : this.cols);
  }

  #eraseScreen(how) {
    if (how === 3) {
      this.history = [];
      return;
    }
    if (how === 2 && !this.alternate) {
      this.lines.slice(0, this.#used()).forEach(row => this.#keep({ chars: [...row.chars], looks: [...row.looks] }));
    }
    if (how !== 2) {
      this.#eraseLine(how);
    }
    for (let y = 0; y < this.rows; y++) {
      if (how === 2 || (how === 0 ? y > this.y : y < this.y)) {
        this.#erase(y, 0, this.cols);
      }
    }
  }

  #used() {
    return this.lines.findLastIndex(row => row.chars.some(c => c !== " ")) + 1;
  }

  #insertChars(n) {
    const row = this.lines[this.y];
    const count = Math.min(n, this.cols - this.x);
    row.chars.splice(this.x, 0, ...new Array(count).fill(" "));
    row.looks.splice(this.x, 0, ...new Array(count).fill(this.#erased()));
    row.chars.length = row.looks.length = this.cols;
    this.pending = false;
  }

  #deleteChars(n) {
    const row = this.lines[this.y];
    const count = Math.min(n, this.cols - this.x);
    row.chars.splice(this.x, count);
    row.looks.splice(this.x, count);
    row.chars.push(...new Array(count).fill(" "));
    row.looks.push(...new Array(count).fill(this.#erased()));
    this.pending = false;
  }

  #style(parameters) {
    const codes = parameters.split(/[;:]/).map(text => parseInt(text, 10) || 0);
    const look = { ...this.look };
    for (let i = 0; i < codes.length; i++) {
      i += styled(look, codes, i);
    }
    this.look = interned(look);
  }

  /** Another size. Lines are cut, not wrapped anew: programs draw them again. */
  resize(cols, rows) {
    for (const lines of this.alternate ? [this.main, this.lines] : [this.lines]) {
      const isMain = lines === this.main;
      while (lines.length > rows) {
        const below = lines.length - 1 > this.y && (isMain !== this.alternate);
        const gone = below ? lines.pop() : lines.shift();
        if (!below) {
          isMain && this.#keep(gone);
          if (isMain !== this.alternate) this.y = Math.max(0, this.y - 1);
        }
      }
      while (lines.length < rows) {
        lines.push(line(cols));
      }
      for (const row of lines) {
        const missing = Math.max(0, cols - row.chars.length);
        row.chars.push(...new Array(missing).fill(" "));
        row.looks.push(...new Array(missing).fill(PLAIN));
        row.chars.length = row.looks.length = cols;
      }
    }
    this.cols = cols;
    this.rows = rows;
    this.top = 0;
    this.bottom = rows - 1;
    this.#moveTo(this.x, this.y);
  }

  /** The text of a row on the screen, without blanks at its end. */
  text(y) {
    return this.lines[y].chars.join("").trimEnd();
  }
}

const FLAGS = { 1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 7: INVERSE, 8: HIDDEN, 9: STRIKE };
const NO_FLAGS = { 21: BOLD, 22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 27: INVERSE, 28: HIDDEN, 29: STRIKE };

/** Applies the code at a place; how many more it took. */
function styled(look, codes, i) {
  const code = codes[i];
  if (code === 0) {
    Object.assign(look, PLAIN);
  } else if (FLAGS[code]) {
    look.flags |= FLAGS[code];
  } else if (NO_FLAGS[code]) {
    look.flags &= ~NO_FLAGS[code];
  } else if (code === 38 || code === 48) {
    const [colour, taken] = extended(codes, i + 1);
    look[code === 38 ? "fg" : "bg"] = colour;
    return taken;
  } else if (code === 39) {
    look.fg = undefined;
  } else if (code === 49) {
    look.bg = undefined;
  } else if (code >= 30 && code <= 37) {
    look.fg = code - 30;
  } else if (code >= 40 && code <= 47) {
    look.bg = code - 40;
  } else if (code >= 90 && code <= 97) {
    look.fg = code - 82;
  } else if (code >= 100 && code <= 107) {
    look.bg = code - 92;
  }
  return 0;
}

/** 5;n of the palette, or 2;r;g;b. */
function extended(codes, i) {
  if (codes[i] === 5) {
    return [(codes[i + 1] ?? 0) & 255, 2];
  }
  if (codes[i] === 2) {
    const [r, g, b] = [1, 2, 3].map(k => (codes[i + k] ?? 0) & 255);
    return [`rgb(${r},${g},${b})`, 4];
  }
  return [undefined, 0];
}

const LOOKS = new Map();
const MOST_LOOKS = 4_096;

function interned(look) {
  const key = `${look.fg}/${look.bg}/${look.flags}`;
  if (LOOKS.size > MOST_LOOKS) {
    LOOKS.clear();
  }
  if (!LOOKS.has(key)) {
    LOOKS.set(key, Object.freeze(look));
  }
  return LOOKS.get(key);
}
