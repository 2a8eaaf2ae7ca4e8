// Which kinds the cluster has, and where they are.
import { get } from "./api.js";

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/** All kinds that can be listed, the preferred version of each group first. */
export async function discover() {
  const [core, groups] = await Promise.all([get("/api", { accept: AGGREGATED }), get("/apis", { accept: AGGREGATED })]);
  const found = core.kind === "APIGroupDiscoveryList" ? aggregated([...core.items, ...groups.items]) : await plain(groups);
  const seen = new Set();
  return found.filter(kind => kind.verbs.includes("list") && !seen.has(`${kind.group}/${kind.plural}`)
    && seen.add(`${kind.group}/${kind.plural}`));
}

/** The kinds of aggregated discovery. */
export function aggregated(groups) {
  return groups.flatMap(group => (group.versions ?? []).flatMap(version => (version.resources ?? []).map(resource => ({
    group: group.metadata?.name ?? "",
    version: version.version,
    plural: resource.resource,
    kind: resource.responseKind?.kind ?? resource.resource,
    namespaced: resource.scope === "Namespaced",
    verbs: resource.verbs ?? [],
    short: resource.shortNames ?? [],
    subresources: (resource.subresources ?? []).map(sub => sub.subresource),
  }))));
}

/** Group by group, of servers before 1.26 and of those that aggregate nothing. */
async function plain(groups) {
  const versions = [["", "v1", "/api/v1"], ...groups.groups.map(({ name, preferredVersion: v }) =>
    [name, v.version, `/apis/${v.groupVersion}`])];
  const lists = await Promise.all(versions.map(([group, version, path]) => get(path)
    .then(({ resources }) => ofList(group, version, resources))
    // The server of an aggregated group may be away: its kinds are not there then.
    .catch(() => [])));
  return lists.flat();
}

function ofList(group, version, resources) {
  return resources.filter(({ name }) => !name.includes("/")).map(resource => ({
    group, version, plural: resource.name, kind: resource.kind, namespaced: resource.namespaced,
    verbs: resource.verbs, short: resource.shortNames ?? [],
    subresources: resources.filter(({ name }) => name.startsWith(`${resource.name}/`)).map(({ name }) => name.split("/")[1]),
  }));
}

/** The path of a kind's objects; of one of them where it is named. */
export function pathOf({ group, version, plural, namespaced }, namespace, name) {
  const base = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const within = namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${base}${within}/${plural}${name ? `/${encodeURIComponent(name)}` : ""}`;
}

/** What many of a kind are called. */
export const title = ({ kind }) => /(?:[^aeiou])y$/.test(kind) ? `${kind.slice(0, -1)}ies` : /ss$/.test(kind) ? `${kind}es`
  : /s$/.test(kind) ? kind : `${kind}s`;

/** The part of the page's address that names a kind. */
export const kindPath = ({ group, plural }) => `${group || "core"}/${plural}`;

/** Where the page shows a kind's objects. */
export const listHref = (kind, query = {}) => `#/list/${kindPath(kind)}${queryText(query)}`;

/** Where the page shows an object. */
export const objectHref = (kind, namespace, name, tab) =>
  `#/object/${kindPath(kind)}/${kind.namespaced ? encodeURIComponent(namespace) : "-"}/${encodeURIComponent(name)}${queryText({ tab })}`;

export function queryText(query) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return text && `?${text}`;
}
