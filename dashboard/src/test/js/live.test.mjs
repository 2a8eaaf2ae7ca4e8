import assert from "node:assert/strict";
import test from "node:test";
import { LiveList, objectsOf, rowsOf } from "../../main/resources/io/gantry/dashboard/page/live.js";

const tick = () => new Promise(resolve => setImmediate(resolve));
const object = (name, resourceVersion) => ({ metadata: { name, uid: name, resourceVersion } });

/** A server that answers lists from a script and lets the test drive each watch. */
function fake(pages) {
  const asked = [];
  const streams = [];
  const waiting = [];
  const live = new LiveList({
    path: "/api/v1/pods", query: { labelSelector: "a=b" }, items: objectsOf, changed() {},
    later: (run, ms) => {
      waiting.push({ run, ms });
      return () => {};
    },
    source: {
      async list(path) {
        asked.push(path);
        const page = pages.shift();
        if (page instanceof Error) throw page;
        return page;
      },
      follow(path, callbacks) {
        asked.push(path);
        streams.push({ ...callbacks, closed: false, event: (type, o) => callbacks.chunk(`${JSON.stringify({ type, object: o })}\n`) });
        return { close() { streams.at(-1).closed = true; } };
      },
    },
  });
  return { live, asked, streams, waiting, names: () => [...live.items.keys()] };
}

const page = (revision, names, next) => ({ metadata: { resourceVersion: revision, continue: next }, items: names.map(n => object(n, "1")) });

test("pages, then a watch from their revision", async () => {
  const { live, asked, streams, names } = fake([page("7", ["a", "b"], "more"), page("7", ["c"])]);
  live.start();
  await tick();
  assert.deepEqual(names(), ["a", "b", "c"]);
  assert.deepEqual(asked, ["/api/v1/pods?labelSelector=a%3Db&limit=500", "/api/v1/pods?labelSelector=a%3Db&limit=500&continue=more",
    "/api/v1/pods?labelSelector=a%3Db&watch=true&allowWatchBookmarks=true&resourceVersion=7"]);
  streams[0].begin();
  assert.equal(live.state, "live");
  streams[0].event("ADDED", object("d", "8"));
  streams[0].event("MODIFIED", object("a", "9"));
  streams[0].event("DELETED", object("b", "10"));
  assert.deepEqual(names(), ["a", "c", "d"]);
});

test("events in pieces", async () => {
  const { live, streams, names } = fake([page("1", [])]);
  live.start();
  await tick();
  const text = `${JSON.stringify({ type: "ADDED", object: object("a", "2") })}\n${JSON.stringify({ type: "ADDED", object: object("b", "3") })}\n`;
  for (const c of text) streams[0].chunk(c);
  assert.deepEqual(names(), ["a", "b"]);
});

test("a watch that ends goes on where it was, bookmarks counted", async () => {
  const { live, asked, streams, waiting } = fake([page("1", ["a"])]);
  live.start();
  await tick();
  streams[0].event("BOOKMARK", { metadata: { resourceVersion: "50" } });
  assert.deepEqual([...live.items.keys()], ["a"]);
  streams[0].end();
  assert.equal(waiting[0].ms, 500);
  waiting[0].run();
  assert.match(asked.at(-1), /resourceVersion=50$/);
});

for (const [how, tell] of [["as an event", s => s.event("ERROR", { code: 410 })], ["as an answer", s => s.end(Object.assign(new Error("gone"), { status: 410 }))]]) {
  test(`a revision that is gone is told ${how}: list again`, async () => {
    const { live, asked, streams, names } = fake([page("1", ["a"]), page("9", ["b"])]);
    live.start();
    await tick();
    tell(streams[0]);
    await tick();
    assert.deepEqual(names(), ["b"]);
    assert.match(asked.at(-1), /resourceVersion=9$/);
    assert.equal(streams.length, 2);
  });
}

test("failures are told and tried again after longer and longer", async () => {
  const { live, waiting } = fake([new Error("no"), new Error("no"), page("1", ["a"])]);
  live.start();
  await tick();
  assert.equal(live.state, "waiting");
  assert.equal(live.error.message, "no");
  waiting[0].run();
  await tick();
  assert.deepEqual(waiting.map(({ ms }) => ms), [500, 1000]);
  waiting[1].run();
  await tick();
  assert.deepEqual([...live.items.keys()], ["a"]);
});

test("nothing happens after the end", async () => {
  const { live, streams, waiting } = fake([page("1", ["a"])]);
  live.start();
  await tick();
  live.stop();
  assert.ok(streams[0].closed);
  streams[0].end(new Error("x"));
  assert.equal(waiting.length, 0);
});

test("rows of tables keep what is needed", () => {
  const rows = rowsOf(() => 5)({ rows: [{ cells: ["a"], object: { metadata: { name: "a", uid: "u", managedFields: [1], labels: { x: "y" } } } }, { cells: [] }] });
  assert.equal(rows.length, 1);
  assert.equal(rows[0].key, "u");
  assert.equal(rows[0].seen, 5);
  assert.equal(rows[0].meta.managedFields, undefined);
});
