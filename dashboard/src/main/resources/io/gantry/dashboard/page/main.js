// The page: which view is open, the bar on top and the kinds at the side.
import { get } from "./api.js";
import { Context } from "./context.js";
import { discover, kindPath, listHref, pathOf, title } from "./discovery.js";
import { fill, h } from "./dom.js";
import { kindsView } from "./views/kinds.js";
import { listView } from "./views/list.js";
import { objectView } from "./views/object.js";
import { overview } from "./views/overview.js";

const SECTIONS = [
  ["Workloads", ["core/pods", "apps/deployments", "apps/statefulsets", "apps/daemonsets", "apps/replicasets", "batch/jobs",
    "batch/cronjobs"]],
  ["Network", ["core/services", "networking.k8s.io/ingresses", "networking.k8s.io/networkpolicies",
    "discovery.k8s.io/endpointslices"]],
  ["Configuration", ["core/configmaps", "core/secrets", "autoscaling/horizontalpodautoscalers",
    "policy/poddisruptionbudgets"]],
  ["Storage", ["core/persistentvolumeclaims", "core/persistentvolumes", "storage.k8s.io/storageclasses"]],
  ["Cluster", ["core/nodes", "core/namespaces", "core/events", "apiextensions.k8s.io/customresourcedefinitions"]],
];
const BUILT_IN = /^$|^(apps|batch|autoscaling|policy|events\.k8s\.io)$|\.k8s\.io$/;

const top = document.getElementById("top");
const side = document.getElementById("side");
const main = document.getElementById("main");
let open;

/** Parts of the address: #/view/a/b?x=y. */
function route() {
  const [path, query] = (location.hash.slice(1) || "/").split("?");
  return { parts: path.split("/").slice(1).map(decodeURIComponent), query: Object.fromEntries(new URLSearchParams(query)) };
}

function namespaceOf({ parts, query }) {
  return parts[0] === "object" && parts[3] !== "-" ? parts[3] : query.ns ?? sessionStorage.getItem("namespace") ?? "";
}

function draw(context) {
  const at = route();
  const namespace = namespaceOf(at);
  if (at.parts[0] !== "object") {
    sessionStorage.setItem("namespace", namespace);
  }
  open?.close();
  open = undefined;
  drawSide(context, at);
  top.querySelector("#namespace").value = namespace;
  try {
    open = viewOf(context, at, namespace);
    fill(main, open.element);
  } catch (error) {
    fill(main, h("p", { class: "error", role: "alert" }, error.message));
  }
  document.title = `${at.parts.slice(1).filter(part => part !== "-").join(" ") || "Overview"} · Gantry dashboard`;
}

function viewOf(context, { parts: [view, group, plural, namespace, name], query }, chosen) {
  if (view === "kinds") {
    return kindsView(context);
  }
  if (view !== "list" && view !== "object") {
    return overview(context, chosen);
  }
  const kind = context.kind(group, plural);
  if (!kind) {
    throw new Error(`The cluster has no kind ${plural} of ${group}.`);
  }
  return view === "list" ? listView(context, kind, { ...query, ns: chosen })
    : objectView(context, kind, namespace === "-" ? "" : namespace, name, query.tab);
}

function drawSide(context, { parts: [view, group, plural] }) {
  const link = (href, text, current) => h("a", { href, "aria-current": current ? "page" : undefined }, text);
  const kindLink = kind => link(listHref(kind), title(kind), (view === "list" || view === "object")
    && kindPath(kind) === `${group}/${plural}`);
  const custom = context.kinds.filter(kind => !BUILT_IN.test(kind.group));
  fill(side,
    link("#/", "Overview", !view),
    SECTIONS.map(([name, paths]) => [name, paths.map(path => context.kind(...path.split("/"))).filter(Boolean)])
      .concat([["Custom resources", custom]])
      .filter(([, kinds]) => kinds.length > 0)
      .map(([name, kinds]) => h("section", {}, h("h2", {}, name), kinds.map(kindLink))),
    link("#/kinds", "All kinds", view === "kinds"));
}

function drawTop(context) {
  const names = h("datalist", { id: "namespaces" });
  const live = context.objects("/api/v1/namespaces", {}, () =>
    fill(names, [...live.items.values()].map(({ meta }) => h("option", { value: meta.name }))));
  live.start();
  const choose = value => {
    const { parts, query } = route();
    sessionStorage.setItem("namespace", value);
    const path = parts[0] === "object" ? `/list/${parts[1]}/${parts[2]}` : `/${parts.join("/")}`;
    location.hash = `${path}?${new URLSearchParams({ ...query, ns: value, tab: "" })}`;
  };
  fill(top,
    h("button", { class: "menu", "aria-label": "Kinds", "aria-controls": "side",
      onclick: () => document.body.classList.toggle("menu-open") }, "☰"),
    h("a", { href: "#/", class: "brand" }, "Gantry"),
    h("span", { class: "server", title: "API server" }, context.session.server),
    h("label", { class: "namespace" }, "Namespace ",
      h("input", { id: "namespace", list: "namespaces", placeholder: "all", autocomplete: "off", spellcheck: "false",
        onchange: event => choose(event.target.value.trim()) })),
    names,
    h("button", { title: "Light or dark", "aria-label": "Light or dark", onclick: theme }, "◐"));
}

function theme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", document.documentElement.dataset.theme);
}

function keys(event) {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && !event.target.closest(".terminal")) {
    const search = main.querySelector("input[type=search]");
    if (search) {
      search.focus();
      event.preventDefault();
    }
  }
}

async function start() {
  const theme = localStorage.getItem("theme");
  if (theme) {
    document.documentElement.dataset.theme = theme;
  }
  const [session, kinds] = await Promise.all([get("/session"), discover()]);
  const context = new Context(session, kinds);
  drawTop(context);
  draw(context);
  addEventListener("hashchange", () => {
    document.body.classList.remove("menu-open");
    draw(context);
    main.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", keys);
  // New kinds come with custom resource definitions: they are looked for when one is made or goes.
  const definitions = context.kind("apiextensions.k8s.io", "customresourcedefinitions");
  if (definitions) {
    let known;
    const live = context.rows(pathOf(definitions), {}, async () => {
      const names = [...live.items.keys()].sort().join();
      if (live.state === "live" && known !== names) {
        if (known !== undefined) {
          context.kinds = await discover();
          drawSide(context, route());
        }
        known = names;
      }
    }).start();
  }
}

start().catch(error => fill(main, h("p", { class: "error", role: "alert" }, error.message)));
