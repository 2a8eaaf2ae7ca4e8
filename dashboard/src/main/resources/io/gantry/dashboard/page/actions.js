// What can be done to an object. Every action is asked for first; the server's errors are shown as they are.
import { MERGE, STRATEGIC, request, withQuery } from "./api.js";
import { ask, note } from "./dialog.js";
import { listHref, pathOf } from "./discovery.js";
import { fill, h } from "./dom.js";

const RESTARTABLE = /^apps\/(deployments|statefulsets|daemonsets)$/;

/** The buttons of an object; `object()` is how it is now. */
export function actions(kind, namespace, name, object) {
  const path = pathOf(kind, namespace, name);
  const is = plural => kind.group === "" && kind.plural === plural;
  const button = (text, act, danger) => h("button", { class: danger ? "danger" : undefined, onclick: act }, text);
  return h("div", { class: "buttons actions" },
    kind.subresources.includes("scale") && button("Scale…", () => scale(path, name, object())),
    RESTARTABLE.test(`${kind.group}/${kind.plural}`) && button("Restart…", () => restart(path, name)),
    is("nodes") && button("Cordon…", () => cordon(path, name, true)),
    is("nodes") && button("Uncordon…", () => cordon(path, name, false)),
    kind.verbs.includes("update") && button("Edit…", () => edit(path, name)),
    kind.verbs.includes("delete") && button("Delete…", () => remove(kind, namespace, name, path), true));
}

async function scale(path, name, object) {
  const replicas = h("input", { type: "number", min: 0, value: object?.spec?.replicas ?? 1, required: true, "aria-label": "Replicas" });
  const done = await ask({ title: `Scale ${name}`, body: h("label", {}, "Replicas ", replicas), yes: "Scale",
    act: () => request("PATCH", `${path}/scale`, { type: MERGE, body: { spec: { replicas: Number(replicas.value) } } }) });
  done && note(`${name} is scaled to ${replicas.value}.`);
}

async function restart(path, name) {
  const annotations = { "kubectl.kubernetes.io/restartedAt": new Date().toISOString().replace(/\.\d+Z$/, "Z") };
  const done = await ask({ title: `Restart ${name}`, text: "Its pods are replaced as its update strategy says.", yes: "Restart",
    act: () => request("PATCH", path, { type: STRATEGIC, body: { spec: { template: { metadata: { annotations } } } } }) });
  done && note(`${name} restarts.`);
}

async function cordon(path, name, unschedulable) {
  const done = await ask({ title: `${unschedulable ? "Cordon" : "Uncordon"} ${name}`,
    text: unschedulable ? "No new pods are placed on it; those that run stay." : "New pods may be placed on it.",
    yes: unschedulable ? "Cordon" : "Uncordon",
    act: () => request("PATCH", path, { type: STRATEGIC, body: { spec: { unschedulable: unschedulable || null } } }) });
  done && note(`${name} is ${unschedulable ? "cordoned" : "uncordoned"}.`);
}

async function remove(kind, namespace, name, path) {
  const done = await ask({ title: `Delete ${name}`, danger: true, yes: "Delete",
    text: `${kind.kind} ${namespace ? `${namespace}/` : ""}${name}, and what belongs to it, will be deleted.`,
    act: () => request("DELETE", path, { body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: "Background" } }) });
  if (done) {
    note(`${name} is being deleted.`);
    location.hash = listHref(kind, { ns: namespace });
  }
}

/** Edits the object as JSON: it is sent as a dry run first, and then for good. */
async function edit(path, name) {
  const object = await request("GET", path);
  delete object.metadata.managedFields;
  const before = JSON.stringify(object, null, 2);
  const text = h("textarea", { rows: 24, spellcheck: "false", "aria-label": "JSON", oninput: () => { checked = false; } });
  text.value = before;
  const result = h("pre", { class: "diff", role: "status" });
  let checked = false;
  const put = dry => request("PUT", withQuery(path, { dryRun: dry && "All", fieldValidation: "Strict" }), { body: JSON.parse(text.value) });
  const done = await ask({ title: `Edit ${name}`, yes: "Check, then save", body: [text, result],
    act: async () => {
      if (!checked) {
        fill(result);
        const answer = await put(true);
        delete answer.metadata.managedFields;
        const lines = changes(before.split("\n"), JSON.stringify(answer, null, 2).split("\n"));
        checked = true;
        fill(result, lines.length ? lines.join("\n") : "Nothing changes.");
        throw new Error("The server accepts it (dry run). Press again to save.");
      }
      await put(false);
    } });
  done && note(`${name} is saved.`);
}

/** The lines that go and come, between what both texts begin and end with. */
export function changes(before, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) {
    end++;
  }
  return [...before.slice(start, before.length - end).map(line => `- ${line}`),
    ...after.slice(start, after.length - end).map(line => `+ ${line}`)];
}
