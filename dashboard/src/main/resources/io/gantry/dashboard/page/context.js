// What all views share: the session, the kinds of the cluster, and lists that are live.
import { TABLE, follow, get } from "./api.js";
import { LiveList, objectsOf, rowsOf } from "./live.js";

const later = (run, ms) => {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
};

export class Context {
  constructor(session, kinds) {
    this.session = session;
    this.kinds = kinds;
  }

  /** The kind of a group and plural, as they stand in the page's address. */
  kind(group, plural) {
    return this.kinds.find(kind => (kind.group || "core") === group && kind.plural === plural);
  }

  /** The kind that an owner reference or an event names. */
  kindOf(apiVersion, name) {
    const group = apiVersion?.includes("/") ? apiVersion.split("/")[0] : "";
    return this.kinds.find(kind => kind.group === group && kind.kind === name);
  }

  /** Rows as kubectl shows them. */
  rows(path, query, changed) {
    return new LiveList({ path, query, changed, later, items: rowsOf(Date.now),
      source: { list: p => get(p, { accept: TABLE }), follow: (p, callbacks) => follow(p, { ...callbacks, table: true }) } });
  }

  /** Whole objects. */
  objects(path, query, changed) {
    return new LiveList({ path, query, changed, later, items: objectsOf, source: { list: get, follow } });
  }
}
