// Lists that stay true: a list in pages, then a watch from its revision; after a revision that is gone, a list again.
import { lines, withQuery } from "./api.js";

const PAGE = 500;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Keeps the items of a path. `source` has `list(path)` (a promise of one page) and `follow(path, callbacks)`;
 * `later(run, ms)` returns what takes it back. `items(list)` are the items of a page or of an event's object, each with
 * `key`. The owner is told by `changed()` that items, `state` ("loading", "live", "waiting") or `error` are others.
 */
export class LiveList {
  constructor({ path, query, source, items, changed, later }) {
    Object.assign(this, { path, query: query ?? {}, source, itemsOf: items, changed, later });
    this.items = new Map();
    this.state = "loading";
    this.error = undefined;
    this.revision = "";
    this.pause = FIRST_PAUSE_MS;
    this.stopped = false;
    this.started = false;
  }

  start() {
    if (!this.started) {
      this.started = true;
      this.#list();
    }
    return this;
  }

  stop() {
    this.stopped = true;
    this.stream?.close();
    this.cancel?.();
  }

  async #list() {
    const fresh = new Map();
    const first = this.items.size === 0;
    let next = "";
    try {
      do {
        const page = await this.source.list(withQuery(this.path, { ...this.query, limit: PAGE, continue: next }));
        if (this.stopped) {
          return;
        }
        this.revision = page.metadata?.resourceVersion ?? "";
        next = page.metadata?.continue ?? "";
        this.#take(fresh, page);
        if (first) {
          this.items = fresh;
          this.changed();
        }
      } while (next);
    } catch (error) {
      this.#again(error, () => this.#list());
      return;
    }
    this.items = fresh;
    this.#watch();
  }

  #take(into, list) {
    this.columns = list.columnDefinitions?.length ? list.columnDefinitions : this.columns;
    for (const item of this.itemsOf(list)) {
      into.set(item.key, item);
    }
  }

  #watch() {
    if (this.stopped) {
      return;
    }
    let gone = false;
    const read = lines(line => {
      if (line && !gone) {
        gone = this.#event(JSON.parse(line));
      }
    });
    const path = withQuery(this.path,
      { ...this.query, watch: true, allowWatchBookmarks: true, resourceVersion: this.revision });
    this.stream = this.source.follow(path, {
      begin: () => this.#become("live"),
      chunk: read,
      end: error => {
        if (gone || error?.status === 410) {
          this.#list();
        } else {
          this.#again(error, () => this.#watch());
        }
      },
    });
  }

  /** Takes an event; whether the revision is gone. */
  #event({ type, object }) {
    this.pause = FIRST_PAUSE_MS;
    if (type === "ERROR") {
      this.stream.close();
      // A closed stream tells nothing: what follows is told here.
      if (object?.code === 410) {
        this.#list();
      } else {
        this.#again(new Error(object?.message ?? "the watch failed"), () => this.#list());
      }
      return true;
    }
    const found = this.itemsOf(object);
    this.revision = object.metadata?.resourceVersion || found.at(-1)?.meta?.resourceVersion || this.revision;
    if (type === "BOOKMARK") {
      return false;
    }
    for (const item of found) {
      if (type === "DELETED") {
        this.items.delete(item.key);
      } else {
        this.items.set(item.key, item);
      }
    }
    this.changed();
    return false;
  }

  /** Tries once more after a pause that grows. */
  #again(error, what) {
    if (this.stopped) {
      return;
    }
    this.#become(error ? "waiting" : this.state, error);
    this.cancel = this.later(what, this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
  }

  #become(state, error) {
    this.state = state;
    this.error = error;
    this.changed();
  }
}

const keyOf = meta => meta.uid || `${meta.namespace ?? ""}/${meta.name}`;

/** The rows of a Table: cells, and what is kept of the object's metadata (memory, at 50,000 pods). */
export function rowsOf(now) {
  return table => (table.rows ?? []).filter(row => row.object?.metadata).map(({ cells, object: { metadata: m } }) => ({
    key: keyOf(m),
    cells,
    seen: now(),
    meta: {
      name: m.name, namespace: m.namespace, uid: m.uid, labels: m.labels, creationTimestamp: m.creationTimestamp,
      resourceVersion: m.resourceVersion,
    },
  }));
}

/** The objects of a list, or the one of an event. */
export function objectsOf(found) {
  return (found.items ?? (found.metadata?.name ? [found] : []))
    .map(object => ({ key: keyOf(object.metadata), meta: object.metadata, object }));
}
