// One object: what it is, its conditions, events, owners and pods; a pod's logs and shell.
import { actions } from "../actions.js";
import { objectHref, pathOf } from "../discovery.js";
import { fill, h, onceAFrame, table } from "../dom.js";
import { duration, selectorText, yamlDocument } from "../text.js";
import { liveGrid } from "./list.js";
import { logsView } from "./logs.js";
import { shellView } from "./shell.js";

const MOST_OWNERS = 5;

export function objectView(context, kind, namespace, name, tab) {
  const isPod = kind.group === "" && kind.plural === "pods";
  const box = h("div", { class: "tab" });
  const state = h("p", { class: "note", role: "status" });
  let object;
  let part;
  const live = context.objects(pathOf(kind, namespace), { fieldSelector: `metadata.name=${name}` }, () => {
    const found = [...live.items.values()][0]?.object;
    if (found && found !== object) {
      const first = !object;
      object = found;
      first ? show() : part?.update?.();
    } else if (!found && live.state === "live") {
      part?.update?.();
    }
    fill(state, live.error ? live.error.message : found ? "" : live.state === "loading" ? "Loading…"
      : object ? "It has been deleted." : "There is no such object.");
  });
  const parts = {
    "": ["Summary", () => summary(context, kind, () => object)],
    yaml: ["YAML", () => yamlPart(kind, () => object)],
    events: ["Events", () => events(context, object)],
    ...podSelector(kind, object) === undefined ? {} : { pods: ["Pods", () => pods(context, kind, object)] },
    ...isPod ? { logs: ["Logs", () => logsView(object)], shell: ["Shell", () => shellView(object)] } : {},
  };
  const chosen = parts[tab] ? tab : "";
  const show = () => {
    part = parts[chosen][1]();
    fill(box, part.element);
    part.update?.();
  };
  live.start();
  return {
    element: h("div", { class: "page fills" },
      h("div", { class: "bar" }, h("h1", {}, h("small", {}, kind.kind, " "), namespace && `${namespace}/`, name),
        actions(kind, namespace, name, () => object)),
      h("div", { class: "tabs", role: "tablist" }, Object.entries(parts).map(([key, [text]]) =>
        h("a", { role: "tab", "aria-selected": key === chosen, href: objectHref(kind, namespace, name, key) }, text))),
      state, box),
    close() {
      live.stop();
      part?.close?.();
    },
  };
}

const SELECTING = /^(apps\/(deployments|statefulsets|daemonsets|replicasets)|batch\/jobs|\/(services|nodes|replicationcontrollers)|policy\/poddisruptionbudgets)$/;

/** Whether a kind has pods; with the object, the query that finds them. */
export function podSelector(kind, object) {
  if (!SELECTING.test(`${kind.group}/${kind.plural}`)) {
    return undefined;
  }
  if (!object) {
    return {};
  }
  if (kind.plural === "nodes") {
    return { fieldSelector: `spec.nodeName=${object.metadata.name}` };
  }
  const selector = object.spec?.selector;
  const text = selector?.matchLabels || selector?.matchExpressions ? selectorText(selector)
    : selectorText({ matchLabels: selector ?? {} });
  // A Service without a selector has no pods; an empty query would find all.
  return { labelSelector: text || "!*" };
}

function pods(context, kind, object) {
  const podKind = context.kind("core", "pods");
  const query = podSelector(kind, object);
  if (query.labelSelector === "!*") {
    return { element: h("p", { class: "note" }, "It selects no pods.") };
  }
  return liveGrid(context, podKind, pathOf(podKind, object.metadata.namespace), query, "pods");
}

function events(context, object) {
  const kind = context.kind("core", "events");
  const namespace = object.metadata.namespace ?? "";
  const involved = object.metadata.namespace ? `involvedObject.uid=${object.metadata.uid}`
    : `involvedObject.kind=${object.kind},involvedObject.name=${object.metadata.name}`;
  return liveGrid(context, kind, pathOf(kind, namespace), { fieldSelector: involved }, "events");
}

function yamlPart(kind, object) {
  const secret = kind.group === "" && kind.plural === "secrets";
  let values = !secret;
  let all = false;
  const pre = h("pre", { class: "yaml", tabindex: "0" });
  const update = () => fill(pre, yamlDocument(shown(object(), { values, all })));
  const box = (text, change) => h("label", {}, h("input", { type: "checkbox", onchange: event => {
    change(event.target.checked);
    update();
  } }), ` ${text} `);
  return { update, element: h("div", { class: "page fills" }, h("div", { class: "bar" },
    box("managed fields", on => { all = on; }), secret && box("secret values", on => { values = on; }),
    h("button", { onclick: () => navigator.clipboard.writeText(pre.textContent) }, "Copy")), pre) };
}

/** The object without what nobody asked to see. */
export function shown(object, { values, all }) {
  const copy = structuredClone(object);
  if (!all) {
    delete copy.metadata.managedFields;
  }
  if (!values) {
    for (const field of ["data", "stringData"]) {
      for (const key of Object.keys(copy[field] ?? {})) {
        copy[field][key] = "(hidden)";
      }
    }
    delete copy.metadata.annotations?.["kubectl.kubernetes.io/last-applied-configuration"];
  }
  return copy;
}

function summary(context, kind, object) {
  const element = h("div", { class: "page" });
  const owners = h("span", {});
  const revealed = new Set();
  const update = onceAFrame(() => {
    const now = object();
    fill(element, facts(now, owners), containers(now), conditions(now), data(kind, now, revealed, update));
  });
  ownerChain(context, object()).then(chain => fill(owners, chain.map((link, i) => [i > 0 && " ← ", link])))
    .catch(error => fill(owners, error.message));
  return { element, update, close: () => update.stop() };
}

/** Links to the controller, to its controller, and so on. */
async function ownerChain(context, object) {
  const links = [];
  let at = object;
  while (links.length < MOST_OWNERS) {
    const owner = at?.metadata.ownerReferences?.find(({ controller }) => controller) ?? at?.metadata.ownerReferences?.[0];
    const kind = owner && context.kindOf(owner.apiVersion, owner.kind);
    if (!kind) {
      return owner ? [...links, `${owner.kind}/${owner.name}`] : links;
    }
    const namespace = kind.namespaced ? object.metadata.namespace : "";
    links.push(h("a", { href: objectHref(kind, namespace, owner.name) }, `${owner.kind}/${owner.name}`));
    const [found] = await Promise.allSettled([fetch(pathOf(kind, namespace, owner.name)).then(answer => answer.json())]);
    at = found.value?.metadata?.uid === owner.uid ? found.value : undefined;
  }
  return links;
}

function facts({ metadata, spec, status, type }, owners) {
  const pairs = map => h("div", { class: "labels" }, Object.entries(map ?? {}).map(([key, value]) =>
    h("code", { title: `${key}=${value}` }, `${key}=${value}`)));
  const age = (Date.now() - Date.parse(metadata.creationTimestamp)) / 1000;
  const list = [
    ["Age", `${duration(age)} (${metadata.creationTimestamp})`],
    metadata.deletionTimestamp && ["Deleting since", metadata.deletionTimestamp],
    metadata.ownerReferences && ["Owner", owners],
    metadata.labels && ["Labels", pairs(metadata.labels)],
    metadata.annotations && ["Annotations", pairs(metadata.annotations)],
    metadata.finalizers && ["Finalizers", metadata.finalizers.join(", ")],
    status?.phase && ["Phase", status.phase],
    spec?.nodeName && ["Node", h("a", { href: `#/object/core/nodes/-/${encodeURIComponent(spec.nodeName)}` }, spec.nodeName)],
    status?.podIP && ["Address", (status.podIPs ?? [{ ip: status.podIP }]).map(({ ip }) => ip).join(", ")],
    spec?.replicas !== undefined && ["Replicas", `${status?.readyReplicas ?? 0} ready of ${spec.replicas}`],
    spec?.clusterIP && ["Cluster address", spec.clusterIP],
    spec?.ports && ["Ports", spec.ports.map(port => `${port.name ? `${port.name} ` : ""}${port.port}/${port.protocol ?? "TCP"}`).join(", ")],
    type && ["Type", type],
  ].filter(Boolean);
  return h("dl", {}, list.map(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

function containers({ spec, status }) {
  if (!spec?.containers) {
    return null;
  }
  const states = new Map([status?.initContainerStatuses, status?.containerStatuses, status?.ephemeralContainerStatuses]
    .flatMap(list => list ?? []).map(found => [found.name, found]));
  const all = [...(spec.initContainers ?? []).map(c => [c, "init"]), ...spec.containers.map(c => [c, ""]),
    ...(spec.ephemeralContainers ?? []).map(c => [c, "ephemeral"])];
  return [h("h2", {}, "Containers"), table(["Name", "Image", "State", "Ready", "Restarts"], all.map(([container, what]) => {
    const found = states.get(container.name);
    return [`${container.name}${what && ` (${what})`}`, container.image, stateOf(found?.state),
      found ? (found.ready ? "yes" : "no") : "", found?.restartCount ?? ""];
  }))];
}

function stateOf(state) {
  const [name, detail] = Object.entries(state ?? {})[0] ?? ["", {}];
  const why = [detail.reason, detail.message, detail.exitCode !== undefined && `exit code ${detail.exitCode}`].filter(Boolean);
  return why.length ? `${name}: ${why.join(", ")}` : name;
}

function conditions({ status }) {
  if (!Array.isArray(status?.conditions)) {
    return null;
  }
  return [h("h2", {}, "Conditions"), table(["Type", "Status", "Reason", "Message", "Since"], status.conditions.map(found =>
    [found.type, found.status, found.reason ?? "", found.message ?? "", found.lastTransitionTime ?? ""]))];
}

/** The data of ConfigMaps, and of Secrets when asked for. */
function data(kind, object, revealed, update) {
  const secret = kind.plural === "secrets";
  if (kind.group !== "" || !(secret || kind.plural === "configmaps")) {
    return null;
  }
  const rows = Object.entries({ ...object.data, ...object.binaryData }).map(([key, value]) => [key,
    secret && !revealed.has(key)
      ? h("button", { onclick: () => {
        revealed.add(key);
        update();
      } }, "Show")
      : h("pre", {}, secret ? plain(value) : value)]);
  return [h("h2", {}, "Data"), table(["Key", "Value"], rows)];
}

/** Text from base64; what is no text stays as it is. */
export function plain(base64) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(base64), c => c.charCodeAt(0)));
  } catch {
    return base64;
  }
}
