// What a key sends to the program.

const CSI = "\u001b[";
const LETTERS = { ArrowUp: "A", ArrowDown: "B", ArrowRight: "C", ArrowLeft: "D", Home: "H", End: "F" };
const NUMBERS = { Insert: 2, Delete: 3, PageUp: 5, PageDown: 6, F5: 15, F6: 17, F7: 18, F8: 19, F9: 20, F10: 21, F11: 23, F12: 24 };
const FIRST = { F1: "P", F2: "Q", F3: "R", F4: "S" };
const CONTROLS = { "@": 0, " ": 0, "[": 27, "\\": 28, "]": 29, "^": 30, "_": 31, "/": 31, "?": 127 };

/** The text of a key that is no ordinary character; undefined where the browser's input event tells what it types. */
export function keyText({ key, ctrlKey, altKey, shiftKey, metaKey }, application) {
  const modifier = 1 + (shiftKey ? 1 : 0) + (altKey ? 2 : 0) + (ctrlKey ? 4 : 0);
  if (metaKey) {
    return undefined;
  }
  if (LETTERS[key]) {
    return modifier > 1 ? `${CSI}1;${modifier}${LETTERS[key]}` : `${application ? "\u001bO" : CSI}${LETTERS[key]}`;
  }
  if (FIRST[key]) {
    return modifier > 1 ? `${CSI}1;${modifier}${FIRST[key]}` : `\u001bO${FIRST[key]}`;
  }
  if (NUMBERS[key]) {
    return modifier > 1 ? `${CSI}${NUMBERS[key]};${modifier}~` : `${CSI}${NUMBERS[key]}~`;
  }
  const plain = { Enter: "\r", Backspace: ctrlKey ? "\b" : "\u007f", Tab: shiftKey ? `${CSI}Z` : "\t", Escape: "\u001b" }[key];
  if (plain) {
    return altKey ? `\u001b${plain}` : plain;
  }
  if (key.length === 1 && ctrlKey && !altKey) {
    return control(key);
  }
  return key.length === 1 && altKey && !ctrlKey ? `\u001b${key}` : undefined;
}

function control(key) {
  const small = key.toLowerCase();
  if (small >= "a" && small <= "z") {
    return String.fromCharCode(small.charCodeAt(0) - 96);
  }
  return key in CONTROLS ? String.fromCharCode(CONTROLS[key]) : undefined;
}

/** Text that was pasted, as the program asked for it. */
export function pasted(text, bracketed) {
  const typed = text.replace(/\r?\n/g, "\r");
  return bracketed ? `${CSI}200~${typed.replaceAll("\u001b", "")}${CSI}201~` : typed;
}
