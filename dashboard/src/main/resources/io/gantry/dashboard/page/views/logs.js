// What a pod's containers write, as it comes.
import { follow, get, lines, withQuery } from "../api.js";
import { fill, h, onceAFrame } from "../dom.js";

const MOST_LINES = 20_000;
const AT_ONCE = 2_000;
const FIRST_LINES = 1_000;
const SINCE = [["all", ""], ["1 minute", 60], ["10 minutes", 600], ["1 hour", 3600], ["1 day", 86_400]];

/** All containers of a pod, those that run first. */
export const containersOf = ({ spec }) => [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])]
  .map(({ name }) => name);

/** The colours of terminals say nothing here. */
export const withoutColours = line => line.replace(/\u001b\[[0-9;:?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007|\r/g, "");

/** The container that kubectl takes. */
export const defaultContainer = ({ metadata, spec }) =>
  metadata.annotations?.["kubectl.kubernetes.io/default-container"] ?? spec.containers[0].name;

export function logsView(pod) {
  const path = `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/log`;
  const choices = { container: defaultContainer(pod), follow: true, previous: false, timestamps: false, sinceSeconds: "" };
  const kept = [];
  let word = "";
  let stream;
  let stuck = true;
  const state = h("span", { class: "note", role: "status" });
  const pre = h("pre", { class: "log", tabindex: "0", "aria-label": "Log",
    onscroll: () => { stuck = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 40; } });
  const download = h("a", { class: "button", download: `${pod.metadata.name}.log` }, "Download");

  const draw = onceAFrame(() => {
    const found = word ? kept.filter(line => line.toLowerCase().includes(word)) : kept;
    fill(pre, found.slice(-AT_ONCE).join("\n"));
    if (found.length > AT_ONCE) {
      pre.prepend(`… ${found.length - AT_ONCE} lines before; search or download shows them\n`);
    }
    if (stuck) {
      pre.scrollTop = pre.scrollHeight;
    }
  });
  const add = line => {
    kept.push(withoutColours(line));
    if (kept.length > MOST_LINES * 1.1) {
      kept.splice(0, kept.length - MOST_LINES);
    }
    draw();
  };
  const begin = () => {
    stream?.close();
    kept.length = 0;
    stuck = true;
    draw();
    const query = { ...choices, tailLines: choices.sinceSeconds ? "" : FIRST_LINES };
    download.href = withQuery(path, { ...choices, follow: false });
    fill(state, "connecting…");
    if (!choices.follow) {
      get(withQuery(path, query)).then(text => {
        String(text).replace(/\n$/, "").split("\n").forEach(add);
        fill(state, "");
      }).catch(error => fill(state, error.message));
      return;
    }
    stream = follow(withQuery(path, query), {
      begin: () => fill(state, "following"),
      chunk: lines(add),
      end: error => fill(state, error ? error.message : "the log has ended"),
    });
  };
  const box = (name, text) => h("label", {}, h("input", { type: "checkbox", checked: choices[name], onchange: event => {
    choices[name] = event.target.checked;
    begin();
  } }), ` ${text}`);
  const choice = (name, label, options) => h("select", { "aria-label": label, onchange: event => {
    choices[name] = event.target.value;
    begin();
  } }, options.map(([text, value]) => h("option", { value, selected: choices[name] === value }, text)));
  begin();
  return {
    element: h("div", { class: "page fills" }, h("div", { class: "bar" },
      choice("container", "Container", containersOf(pod).map(name => [name, name])),
      choice("sinceSeconds", "Since", SINCE), box("follow", "follow"), box("previous", "previous"),
      box("timestamps", "times"),
      h("input", { type: "search", placeholder: "Search (/)", "aria-label": "Search", oninput: event => {
        word = event.target.value.toLowerCase();
        draw();
      } }), download, state), pre),
    close() {
      stream?.close();
      draw.stop();
    },
  };
}
