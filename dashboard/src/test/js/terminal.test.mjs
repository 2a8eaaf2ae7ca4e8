import assert from "node:assert/strict";
import test from "node:test";
import { BOLD, INVERSE, PLAIN, Screen } from "../../main/resources/io/gantry/dashboard/page/terminal/screen.js";
import { keyText, pasted } from "../../main/resources/io/gantry/dashboard/page/terminal/keys.js";

const ESC = "\u001b";
const shows = screen => screen.lines.map((_, y) => screen.text(y)).join("\n").trimEnd();

function after(output, cols = 10, rows = 4) {
  const screen = new Screen(cols, rows);
  screen.write(output);
  return screen;
}

const CASES = [
  ["lines", "ab\r\ncd", "ab\ncd"],
  ["a bare line feed goes down", "ab\ncd", "ab\n  cd"],
  ["back space and over", "abc\b\bX", "aXc"],
  ["tab", "a\tb", "a       b"],
  ["wrap", "0123456789ab", "0123456789\nab"],
  ["no wrap before there is more", "0123456789\r\nab", "0123456789\nab"],
  ["no wrap when off", `${ESC}[?7l0123456789ab`, "012345678b"],
  ["cursor", `${ESC}[2;3Hx${ESC}[Ay${ESC}[3Dz`, " z y\n  x"],
  ["column and row", `${ESC}[5Ga${ESC}[3db`, "    a\n\n     b"],
  ["erase to the end of the line", `abcdef${ESC}[3D${ESC}[K`, "abc"],
  ["erase to its beginning", `abcdef${ESC}[3D${ESC}[1K`, "    ef"],
  ["erase the screen below", `a\r\nb\r\nc${ESC}[2;1H${ESC}[J`, "a"],
  ["erase all", `a\r\nb${ESC}[2J${ESC}[Hx`, "x"],
  ["insert and delete characters", `abcd${ESC}[3D${ESC}[2@XY${ESC}[2P`, "aXYd"],
  ["insert lines", `a\r\nb\r\nc${ESC}[2;1H${ESC}[L-`, "a\n-\nb\nc"],
  ["delete lines", `a\r\nb\r\nc${ESC}[1;1H${ESC}[M`, "b\nc"],
  ["erase characters", `abcd\r${ESC}[2X`, "  cd"],
  ["insert mode", `bc\r${ESC}[4ha${ESC}[4l`, "abc"],
  ["repeat", `a${ESC}[3b`, "aaaa"],
  ["scrolling", "1\r\n2\r\n3\r\n4\r\n5", "2\n3\n4\n5"],
  ["margins", `1\r\n2\r\n3\r\n4${ESC}[2;3r${ESC}[3;1H\nx`, "1\n3\nx\n4"],
  ["reverse index", `1\r\n2${ESC}[H${ESC}Mx`, "x\n1\n2"],
  ["scroll down in margins", `1\r\n2\r\n3\r\n4${ESC}[2;3r${ESC}[T`, "1\n\n2\n4"],
  ["save and restore", `ab${ESC}7${ESC}[4;4Hx${ESC}8c`, "abc\n\n\n   x"],
  ["alternate screen", `shell${ESC}[?1049h${ESC}[Hvi${ESC}[?1049l$`, "shell$"],
  ["line drawing", `${ESC}(0lqk${ESC}(Bx`, "┌─┐x"],
  ["titles are not shown", `${ESC}]0;a title\u0007x${ESC}]2;y${ESC}\\z`, "xz"],
  ["unknown sequences are not shown", `a${ESC}[?1000h${ESC}[>4;1m${ESC}[5 q${ESC}P+q544e${ESC}\\${ESC}=${ESC}>b`, "ab"],
  ["a sequence is given up", `a${ESC}[12\u0018b`, "ab"],
  ["a control inside a sequence", `ab${ESC}[\r1Cx`, "ax"],
  ["wide characters", "漢字x", "漢字x"],
  ["half of a wide one", `漢${ESC}[1;2Hx`, " x"],
  ["marks", "e\u0301x", "e\u0301x"],
  ["origin mode", `${ESC}[2;3r${ESC}[?6h${ESC}[1;1Hx`, "\nx"],
];

for (const [name, output, expected] of CASES) {
  test(name, () => assert.equal(shows(after(output)), expected));
}

test("pieces are the same as the whole", () => {
  for (const [name, output] of CASES) {
    const screen = new Screen(10, 4);
    for (const c of output) screen.write(c);
    assert.equal(shows(screen), shows(after(output)), name);
  }
});

test("looks", () => {
  const { lines: [{ looks }] } = after(`a${ESC}[1;31mb${ESC}[7mc${ESC}[38;5;200md${ESC}[48;2;1;2;3me${ESC}[22;39mf${ESC}[mg${ESC}[93mh`);
  assert.equal(looks[0], PLAIN);
  assert.deepEqual([looks[1].fg, looks[1].flags], [1, BOLD]);
  assert.equal(looks[2].flags, BOLD | INVERSE);
  assert.equal(looks[3].fg, 200);
  assert.equal(looks[4].bg, "rgb(1,2,3)");
  assert.deepEqual([looks[5].fg, looks[5].flags], [undefined, INVERSE]);
  assert.deepEqual({ ...looks[6] }, { ...PLAIN });
  assert.equal(looks[7].fg, 11);
});

test("what scrolls away is kept, but not of the alternate screen", () => {
  const screen = after("1\r\n2\r\n3\r\n4\r\n5\r\n");
  assert.deepEqual(screen.history.map(({ chars }) => chars.join("").trim()), ["1", "2"]);
  screen.write(`${ESC}[?1049h\r\n\r\n\r\n\r\n\r\n\r\n`);
  assert.equal(screen.history.length, 2);
});

test("questions are answered", () => {
  const said = [];
  const screen = new Screen(80, 24, { reply: text => said.push(text) });
  screen.write(`ab${ESC}[6n${ESC}[c${ESC}[5n`);
  assert.deepEqual(said, [`${ESC}[1;3R`, `${ESC}[?1;2c`, `${ESC}[0n`]);
});

test("another size", () => {
  const screen = after("1\r\n2\r\n3\r\n4");
  screen.resize(6, 2);
  assert.equal(shows(screen), "3\n4");
  assert.equal(screen.history.length, 2);
  screen.resize(12, 5);
  assert.equal(screen.lines.every(({ chars, looks }) => chars.length === 12 && looks.length === 12), true);
  screen.write("\r\nx");
  assert.equal(shows(screen), "3\n4\nx");
  const few = after("$ ");
  few.resize(10, 2);
  assert.equal(shows(few), "$");
  assert.equal(few.history.length, 0);
});

test("nothing that a program sends breaks it", () => {
  let seed = 42;
  const next = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const parts = [ESC, "[", "]", "(", "0", "?", ";", "1049", "9999999", "h", "l", "m", "r", "H", "J", "K", "L", "M", "P", "@", "S", "T", "A", "b",
    "\n", "\r", "\b", "\t", "漢", "e", "\u0301", "\u0007", "X", "8", "7", "c", "6"];
  for (let round = 0; round < 200; round++) {
    const screen = new Screen(1 + next(20), 1 + next(8));
    for (let i = 0; i < 300; i++) {
      screen.write(parts[next(parts.length)]);
      if (next(50) === 0) screen.resize(1 + next(20), 1 + next(8));
    }
    assert.equal(screen.lines.length, screen.rows);
    assert.ok(screen.lines.every(({ chars, looks }) => chars.length === screen.cols && looks.length === screen.cols));
    assert.ok(screen.x >= 0 && screen.x < screen.cols && screen.y >= 0 && screen.y < screen.rows);
  }
});

test("keys", () => {
  const key = (name, more) => keyText({ key: name, ...more }, false);
  assert.equal(key("a"), undefined);
  assert.equal(key("Enter"), "\r");
  assert.equal(key("Backspace"), "\u007f");
  assert.equal(key("c", { ctrlKey: true }), "\u0003");
  assert.equal(key("[", { ctrlKey: true }), ESC);
  assert.equal(key("x", { altKey: true }), `${ESC}x`);
  assert.equal(key("ArrowUp"), `${ESC}[A`);
  assert.equal(keyText({ key: "ArrowUp" }, true), `${ESC}OA`);
  assert.equal(key("ArrowRight", { ctrlKey: true }), `${ESC}[1;5C`);
  assert.equal(key("Delete"), `${ESC}[3~`);
  assert.equal(key("F1"), `${ESC}OP`);
  assert.equal(key("F12"), `${ESC}[24~`);
  assert.equal(key("Tab", { shiftKey: true }), `${ESC}[Z`);
  assert.equal(key("@", { ctrlKey: true, altKey: true }), undefined, "AltGr types");
  assert.equal(pasted("a\nb", false), "a\rb");
  assert.equal(pasted(`a${ESC}[201~b`, true), `${ESC}[200~a[201~b${ESC}[201~`);
});
