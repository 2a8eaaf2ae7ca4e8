// A shell in a container: exec over the WebSocket of remote commands.
import { withQuery } from "../api.js";
import { fill, h } from "../dom.js";
import { Terminal } from "../terminal/view.js";
import { containersOf, defaultContainer } from "./logs.js";

const PROTOCOLS = ["v5.channel.k8s.io", "v4.channel.k8s.io"];
const [STDIN, STDOUT, STDERR, ERROR, RESIZE] = [0, 1, 2, 3, 4];
const BEST_SHELL = ["sh", "-c",
  "export TERM=xterm-256color; if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi"];

/** A message of a channel. */
export function message(channel, text) {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array(bytes.length + 1);
  whole[0] = channel;
  whole.set(bytes, 1);
  return whole;
}

/** The end of a command in words, from the Status that the server sent. */
export function endText(json) {
  try {
    const status = JSON.parse(json);
    return status.status === "Success" ? "The command has ended." : status.message;
  } catch {
    return json;
  }
}

/** The path of an exec with a terminal. */
export function execPath({ metadata }, container, command) {
  const path = withQuery(`/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/exec`,
    { container, stdin: true, stdout: true, tty: true });
  return `${path}${command.map(word => `&command=${encodeURIComponent(word)}`).join("")}`;
}

export function shellView(pod) {
  let container = defaultContainer(pod);
  let socket;
  const state = h("span", { class: "note", role: "status" });
  const command = h("input", { placeholder: "bash or sh", "aria-label": "Command", spellcheck: "false",
    onchange: () => connect() });
  const send = (channel, text) => socket?.readyState === WebSocket.OPEN && socket.send(message(channel, text));
  const size = () => send(RESIZE, JSON.stringify({ Width: terminal.screen.cols, Height: terminal.screen.rows }));
  const terminal = new Terminal({ typed: text => send(STDIN, text), resized: size });

  const connect = () => {
    socket?.close();
    terminal.screen.reset();
    terminal.draw();
    fill(state, "connecting…");
    const words = command.value.trim().split(/\s+/).filter(Boolean);
    const own = new WebSocket(`ws://${location.host}${execPath(pod, container, words.length ? words : BEST_SHELL)}`, PROTOCOLS);
    const decoders = { [STDOUT]: new TextDecoder(), [STDERR]: new TextDecoder() };
    let end = "The connection was closed.";
    own.binaryType = "arraybuffer";
    own.onopen = () => {
      fill(state, "connected");
      size();
      terminal.focus();
    };
    own.onmessage = ({ data }) => {
      const bytes = new Uint8Array(data);
      if (own === socket && decoders[bytes[0]]) {
        terminal.write(decoders[bytes[0]].decode(bytes.subarray(1), { stream: true }));
      } else if (bytes[0] === ERROR) {
        end = endText(new TextDecoder().decode(bytes.subarray(1)));
      }
    };
    own.onclose = () => own === socket && fill(state, `${end} `, h("button", { onclick: connect }, "Connect again"));
    socket = own;
  };
  connect();
  return {
    element: h("div", { class: "page fills" }, h("div", { class: "bar" },
      h("select", { "aria-label": "Container", onchange: event => {
        container = event.target.value;
        connect();
      } }, containersOf(pod).map(name => h("option", { selected: name === container }, name))), command, state), terminal.element),
    close() {
      const old = socket;
      socket = undefined;
      old?.close();
      terminal.close();
    },
  };
}
