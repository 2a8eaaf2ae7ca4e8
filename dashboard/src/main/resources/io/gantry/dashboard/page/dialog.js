// Questions before anything is changed.
import { fill, h } from "./dom.js";

/**
 * Asks; `act` runs when the answer is yes, and may fail: the dialog then stays, with the reason word by word. Resolves to
 * whether it was done.
 */
export function ask({ title, text, body, yes, danger, act, before }) {
  return new Promise(resolve => {
    const error = h("p", { class: "error", role: "alert", hidden: true });
    const go = h("button", { type: "submit", class: danger ? "danger" : "primary" }, yes);
    const dialog = h("dialog", { onclose: () => {
      dialog.remove();
      resolve(dialog.returnValue === "done");
    } }, h("form", { method: "dialog", onsubmit: async event => {
      event.preventDefault();
      go.disabled = true;
      error.hidden = true;
      try {
        await act();
        dialog.close("done");
      } catch (failure) {
        error.hidden = false;
        fill(error, failure.message);
      }
      go.disabled = false;
    } }, h("h2", {}, title), text && h("p", {}, text), body, error,
    h("div", { class: "buttons" }, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel"), before, go)));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Says for a while that something was done. */
export function note(text) {
  const box = h("div", { class: "toast", role: "status" }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), 4000);
}
