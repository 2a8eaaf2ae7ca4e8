// The objects of a kind, with kubectl's columns.
import { Grid } from "../grid.js";
import { fill, h, onceAFrame } from "../dom.js";
import { listHref, objectHref, pathOf, title } from "../discovery.js";
import { cellText } from "../text.js";

const BAD = /^(CrashLoopBackOff|Error|Failed|ErrImage|ImagePullBackOff|OOMKilled|NotReady|Warning|Lost|Evicted|Unknown|Invalid|CreateContainer|Init:.*(Error|BackOff))/;
const GOOD = /^(Running|Ready|Active|Bound|Available|Complete|Completed|Succeeded|True|Normal)$/;

/** Colours a cell whose column tells a state. */
export const mood = (column, text) => !/^(Status|Type|Phase|Reason)$/i.test(column.name) ? undefined
  : BAD.test(text) ? "bad" : GOOD.test(text) ? "good" : undefined;

/** The state of a live list in words. */
export function stateText(live, shown) {
  const count = shown === live.items.size ? `${shown}` : `${shown} of ${live.items.size}`;
  return {
    loading: `${live.items.size} so far…`,
    live: count,
    waiting: `${count} · ${live.error?.message ?? "trying again"}`,
  }[live.state];
}

/** Columns to show: those of the server, the namespace before them where rows come from several. */
export function columnsOf(definitions, wide, namespaces) {
  const columns = (definitions ?? []).map((column, index) => ({ ...column, index }))
    .filter(column => wide || !column.priority);
  return namespaces ? [{ name: "Namespace", index: -1 }, ...columns] : columns;
}

/** Whether a row has every word somewhere. */
export function hasWords(row, columns, words, now) {
  if (words.length === 0) {
    return true;
  }
  const text = [row.meta.namespace ?? "", ...columns.filter(({ index }) => index >= 0)
    .map(column => cellText(column, row.cells[column.index], row, now))].join("\n").toLowerCase();
  return words.every(word => text.includes(word));
}

/** A live grid without its own search, e.g. the pods of a node. */
export function liveGrid(context, kind, path, query, label) {
  const state = h("p", { class: "note", role: "status" });
  const grid = new Grid({ label, cell: mood,
    href: row => objectHref(kind, row.meta.namespace, row.meta.name),
    open: row => { location.hash = objectHref(kind, row.meta.namespace, row.meta.name); } });
  const draw = onceAFrame(() => {
    const rows = [...live.items.values()];
    grid.show(columnsOf(live.columns, false, kind.namespaced && !path.includes("/namespaces/")), rows);
    fill(state, stateText(live, rows.length));
  });
  const live = context.rows(path, query, draw).start();
  return { element: h("div", { class: "page fills" }, state, grid.element), live,
    close() {
      live.stop();
      draw.stop();
      grid.close();
    } };
}

export function listView(context, kind, { ns, q, selector, wide }) {
  const path = pathOf(kind, ns);
  const state = h("span", { class: "note", role: "status" });
  const alert = h("p", { class: "error", role: "alert", hidden: true });
  let words = split(q);
  let all = Boolean(wide);
  const grid = new Grid({ label: kind.plural, cell: mood,
    href: row => objectHref(kind, row.meta.namespace, row.meta.name),
    open: row => { location.hash = objectHref(kind, row.meta.namespace, row.meta.name); } });
  const draw = onceAFrame(() => {
    const columns = columnsOf(live.columns, all, kind.namespaced && !ns);
    const now = Date.now();
    const rows = [...live.items.values()].filter(row => hasWords(row, columns, words, now));
    grid.show(columns, rows);
    fill(state, stateText(live, rows.length));
    alert.hidden = !(live.error && live.items.size === 0);
    fill(alert, live.error?.message ?? "");
  });
  const live = context.rows(path, { labelSelector: selector }, draw).start();
  const search = h("input", { type: "search", placeholder: "Search (/)", "aria-label": "Search", value: q ?? "",
    oninput: event => {
      words = split(event.target.value);
      draw();
    } });
  const select = h("input", { placeholder: "Labels: app=web,tier!=db", "aria-label": "Label selector",
    value: selector ?? "", spellcheck: "false", class: "selector",
    onchange: event => { location.hash = listHref(kind, { ns, q: search.value, selector: event.target.value.trim() }); } });
  const more = h("label", {}, h("input", { type: "checkbox", checked: all, onchange: event => {
    all = event.target.checked;
    draw();
  } }), " more columns");
  return {
    element: h("div", { class: "page fills" },
      h("div", { class: "bar" }, h("h1", {}, title(kind)), state, search, select, more), alert, grid.element),
    close() {
      live.stop();
      draw.stop();
      grid.close();
    },
  };
}

const split = text => (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
