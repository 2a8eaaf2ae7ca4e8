import assert from "node:assert/strict";
import test from "node:test";
import { bytes, cellText, compareCells, duration, quantity, seconds, selectorText, yamlDocument } from "../../main/resources/io/gantry/dashboard/page/text.js";

test("durations are kubectl's", () => {
  const cases = { 0: "0s", 119: "119s", 120: "2m", 125: "2m5s", 600: "10m", 10_799: "179m", 10_800: "3h", 11_160: "3h6m", 28_800: "8h",
    172_799: "47h", 172_800: "2d", 180_000: "2d2h", 691_200: "8d", 63_071_999: "729d", 63_072_000: "2y", 63_158_400: "2y1d", 252_288_000: "8y" };
  for (const [s, text] of Object.entries(cases)) {
    assert.equal(duration(Number(s)), text, s);
  }
  assert.equal(duration(-5), "0s");
});

test("durations are read again", () => {
  assert.equal(seconds("2d4h"), 187_200);
  assert.equal(seconds("5m30s"), 330);
  assert.ok(Number.isNaN(seconds("web-5m")));
});

test("ages go on", () => {
  const row = { meta: { creationTimestamp: "2026-01-01T00:00:00Z" }, seen: 0 };
  assert.equal(cellText({ name: "Age" }, "1s", row, Date.parse("2026-01-01T00:01:00Z")), "60s");
  assert.equal(cellText({ name: "Last Seen" }, "10s", row, 50_000), "60s");
  assert.equal(cellText({ name: "Last Seen" }, "<unknown>", row, 50_000), "<unknown>");
  assert.equal(cellText({ name: "Ready" }, null, row, 0), "");
});

test("cells are ordered as people order them", () => {
  assert.deepEqual(["web-10", "web-9"].sort(compareCells), ["web-9", "web-10"]);
  assert.deepEqual(["2d", "3h", "50s"].sort(compareCells), ["50s", "3h", "2d"]);
  assert.deepEqual([10, 9].sort(compareCells), [9, 10]);
});

test("quantities", () => {
  assert.equal(quantity("100m"), 0.1);
  assert.equal(quantity("16Mi"), 16 * 2 ** 20);
  assert.equal(quantity("1e3"), 1000);
  assert.equal(quantity("2k"), 2000);
  assert.ok(Number.isNaN(quantity(undefined)));
  assert.equal(bytes(1536), "1.5 KiB");
  assert.equal(bytes(24 * 2 ** 30), "24 GiB");
});

test("selectors", () => {
  assert.equal(selectorText({ matchLabels: { a: "b" }, matchExpressions: [{ key: "c", operator: "In", values: ["d", "e"] },
    { key: "f", operator: "Exists" }, { key: "g", operator: "DoesNotExist" }] }), "a=b,c in (d,e),f,!g");
  assert.equal(selectorText(undefined), "");
});

test("YAML", () => {
  assert.equal(yamlDocument({
    kind: "Pod", number: 1, yes: true, none: null, empty: {}, no: [], text: "true", tag: "1.0", script: "a\n  b\n", cut: "x\ny",
    list: [{ a: 1, b: [{ c: "d e" }] }, "plain", ["x"]], "app.kubernetes.io/name": "w", colon: "a: b", dash: "-x",
  }), `kind: Pod
number: 1
"yes": true
none: null
empty: {}
"no": []
text: "true"
tag: "1.0"
script: |
  a
    b
cut: |-
  x
  y
list:
- a: 1
  b:
  - c: d e
- plain
- - x
app.kubernetes.io/name: w
colon: "a: b"
dash: "-x"
`);
});
