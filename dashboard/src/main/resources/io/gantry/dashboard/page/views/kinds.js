// Every kind that the cluster has.
import { h, table } from "../dom.js";
import { listHref } from "../discovery.js";

export function kindsView(context) {
  const rows = [...context.kinds]
    .sort((a, b) => a.plural.localeCompare(b.plural) || a.group.localeCompare(b.group))
    .map(kind => [h("a", { href: listHref(kind) }, kind.plural), kind.short.join(", "), kind.group || "core", kind.version,
      kind.kind, kind.namespaced ? "yes" : "no"]);
  return {
    element: h("div", { class: "page" }, h("h1", {}, "All kinds"),
      table(["Name", "Short names", "Group", "Version", "Kind", "In namespaces"], rows)),
    close() {},
  };
}
