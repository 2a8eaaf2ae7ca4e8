// The cluster at a glance: nodes with what they have and use, pods by state, warnings.
import { get } from "../api.js";
import { fill, h, onceAFrame, table } from "../dom.js";
import { listHref, objectHref, pathOf } from "../discovery.js";
import { bytes, cellText, quantity } from "../text.js";

const USE_EVERY_MS = 15_000;
const WARNINGS = 20;

/** How often each word stands in a column. */
export function counts(live, name) {
  const index = (live.columns ?? []).findIndex(column => column.name === name);
  const found = new Map();
  for (const row of live.items.values()) {
    found.set(row.cells[index], (found.get(row.cells[index]) ?? 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]);
}

function bar(used, of, text) {
  if (Number.isNaN(used) || !of) {
    return text;
  }
  return h("span", { class: "meter" }, h("meter", { min: 0, max: of, value: used, high: of * 0.9, optimum: 0 }), ` ${text}`);
}

export function overview(context, namespace) {
  const nodeKind = context.kind("core", "nodes");
  const podKind = context.kind("core", "pods");
  const eventKind = context.kind("core", "events");
  const [nodeBox, podBox, warningBox] = [h("section", {}), h("section", {}), h("section", {})];
  let use = new Map();

  const drawNodes = onceAFrame(() => fill(nodeBox, h("h2", {}, h("a", { href: listHref(nodeKind) }, "Nodes"),
    ` (${nodes.items.size})`), problem(nodes), table(["Name", "Status", "CPU", "Memory", "Pods", "Version"],
    [...nodes.items.values()].slice(0, 100).map(({ object }) => nodeRow(nodeKind, object, use.get(object.metadata.name))))));
  const drawPods = onceAFrame(() => fill(podBox, h("h2", {}, h("a", { href: listHref(podKind, { ns: namespace }) }, "Pods"),
    ` (${pods.items.size}${pods.state === "loading" ? " so far" : ""})`), problem(pods),
    h("ul", { class: "tiles" }, counts(pods, "Status").map(([status, n]) =>
      h("li", {}, h("a", { href: listHref(podKind, { ns: namespace, q: status }) }, h("b", {}, n), ` ${status}`))))));
  const drawWarnings = onceAFrame(() => fill(warningBox, h("h2", {}, h("a",
    { href: listHref(eventKind, { ns: namespace, q: "warning" }) }, "Warnings"), ` (${warnings.items.size})`),
    problem(warnings), warningTable(warnings, eventKind)));

  const nodes = context.objects(pathOf(nodeKind), {}, drawNodes).start();
  const pods = context.rows(pathOf(podKind, namespace), {}, drawPods).start();
  const warnings = context.rows(pathOf(eventKind, namespace), { fieldSelector: "type=Warning" }, drawWarnings).start();

  // What is in use cannot be watched: it is asked for while the page is in sight.
  const ask = async () => {
    if (document.visibilityState === "visible" && context.kind("metrics.k8s.io", "nodes")) {
      try {
        const { items } = await get("/apis/metrics.k8s.io/v1beta1/nodes");
        use = new Map(items.map(item => [item.metadata.name, item.usage]));
      } catch {
        // No metrics are shown where none are given.
        use = new Map();
      }
      drawNodes();
    }
  };
  ask();
  const clock = setInterval(ask, USE_EVERY_MS);
  return {
    element: h("div", { class: "page" }, h("h1", {}, namespace ? `Namespace ${namespace}` : "Overview"), nodeBox, podBox, warningBox),
    close() {
      clearInterval(clock);
      [nodes, pods, warnings].forEach(live => live.stop());
      [drawNodes, drawPods, drawWarnings].forEach(draw => draw.stop());
    },
  };
}

const problem = live => live.error && h("p", { class: "error", role: "alert" }, live.error.message);

function nodeRow(kind, { metadata, spec, status }, used) {
  const ready = status.conditions?.find(({ type }) => type === "Ready")?.status === "True";
  const [cpu, memory] = [quantity(status.capacity?.cpu), quantity(status.capacity?.memory)];
  const [usedCpu, usedMemory] = [quantity(used?.cpu), quantity(used?.memory)];
  return [
    h("a", { href: objectHref(kind, "", metadata.name) }, metadata.name),
    h("span", { class: ready ? "good" : "bad" }, (ready ? "Ready" : "NotReady") + (spec?.unschedulable ? ", cordoned" : "")),
    bar(usedCpu, cpu, used ? `${usedCpu.toFixed(2)} of ${cpu}` : `${cpu}`),
    bar(usedMemory, memory, used ? `${bytes(usedMemory)} of ${bytes(memory)}` : bytes(memory)),
    status.capacity?.pods ?? "",
    status.nodeInfo?.kubeletVersion ?? "",
  ];
}

function warningTable(warnings, kind) {
  const columns = (warnings.columns ?? []).map((column, index) => ({ ...column, index })).filter(({ priority }) => !priority);
  const newest = [...warnings.items.values()]
    .sort((a, b) => Date.parse(b.meta.creationTimestamp) - Date.parse(a.meta.creationTimestamp)).slice(0, WARNINGS);
  return newest.length === 0 ? h("p", { class: "note" }, "None.")
    : table(["Namespace", ...columns.map(({ name }) => name)], newest.map(row => [
      h("a", { href: objectHref(kind, row.meta.namespace, row.meta.name) }, row.meta.namespace),
      ...columns.map(column => cellText(column, row.cells[column.index], row, Date.now()))]));
}
