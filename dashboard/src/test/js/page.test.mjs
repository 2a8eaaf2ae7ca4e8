import assert from "node:assert/strict";
import test from "node:test";
import { lines, withQuery } from "../../main/resources/io/gantry/dashboard/page/api.js";
import { aggregated, objectHref, pathOf, title } from "../../main/resources/io/gantry/dashboard/page/discovery.js";
import { changes } from "../../main/resources/io/gantry/dashboard/page/actions.js";
import { columnsOf, hasWords, mood } from "../../main/resources/io/gantry/dashboard/page/views/list.js";
import { podSelector, plain, shown } from "../../main/resources/io/gantry/dashboard/page/views/object.js";
import { defaultContainer, withoutColours } from "../../main/resources/io/gantry/dashboard/page/views/logs.js";
import { endText, execPath, message } from "../../main/resources/io/gantry/dashboard/page/views/shell.js";
import { paletteColour } from "../../main/resources/io/gantry/dashboard/page/terminal/view.js";

const pods = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true };
const deployments = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", namespaced: true };
const nodes = { group: "", version: "v1", plural: "nodes", kind: "Node", namespaced: false };

test("paths", () => {
  assert.equal(pathOf(pods), "/api/v1/pods");
  assert.equal(pathOf(pods, "a", "b"), "/api/v1/namespaces/a/pods/b");
  assert.equal(pathOf(deployments, "a"), "/apis/apps/v1/namespaces/a/deployments");
  assert.equal(pathOf(nodes, "a", "n"), "/api/v1/nodes/n");
  assert.equal(objectHref(nodes, "", "n", "yaml"), "#/object/core/nodes/-/n?tab=yaml");
  assert.equal(withQuery("/a", { x: "1&2", y: "", z: false, w: true }), "/a?x=1%262&w=true");
});

test("many of a kind", () => {
  assert.deepEqual(["Ingress", "NetworkPolicy", "Gateway", "Endpoints", "StatefulSet"].map(kind => title({ kind })),
    ["Ingresses", "NetworkPolicies", "Gateways", "Endpoints", "StatefulSets"]);
});

test("discovery", () => {
  const [kind] = aggregated([{ metadata: { name: "apps" }, versions: [{ version: "v1", resources: [{ resource: "deployments",
    responseKind: { kind: "Deployment" }, scope: "Namespaced", verbs: ["list"], shortNames: ["deploy"],
    subresources: [{ subresource: "scale" }] }] }] }]);
  assert.deepEqual(kind, { ...deployments, verbs: ["list"], short: ["deploy"], subresources: ["scale"] });
});

test("lines of pieces", () => {
  const found = [];
  const read = lines(line => found.push(line));
  ["a", "b\nc\n", "\nd"].forEach(read);
  assert.deepEqual(found, ["ab", "c", ""]);
});

test("what an edit changes", () => {
  assert.deepEqual(changes(["a", "b", "c"], ["a", "x", "y", "c"]), ["- b", "+ x", "+ y"]);
  assert.deepEqual(changes(["a"], ["a"]), []);
  assert.deepEqual(changes(["a", "a"], ["a"]), ["- a"]);
});

test("columns and words", () => {
  const columns = columnsOf([{ name: "Name", priority: 0 }, { name: "Node", priority: 1 }], false, true);
  assert.deepEqual(columns.map(({ name }) => name), ["Namespace", "Name"]);
  const row = { cells: ["Web-1", "n"], meta: { namespace: "shop" } };
  assert.ok(hasWords(row, columns, ["web", "shop"], 0));
  assert.ok(!hasWords(row, columns, ["db"], 0));
  assert.equal(mood({ name: "Status" }, "CrashLoopBackOff"), "bad");
  assert.equal(mood({ name: "Status" }, "Init:ImagePullBackOff"), "bad");
  assert.equal(mood({ name: "Name" }, "Error"), undefined);
});

test("the pods of an object", () => {
  assert.deepEqual(podSelector(deployments, { spec: { selector: { matchLabels: { a: "b" } } } }), { labelSelector: "a=b" });
  const services = { group: "", plural: "services" };
  assert.deepEqual(podSelector(services, { spec: { selector: { a: "b" } } }), { labelSelector: "a=b" });
  assert.deepEqual(podSelector(services, { spec: {} }), { labelSelector: "!*" });
  assert.deepEqual(podSelector(nodes, { metadata: { name: "n" } }), { fieldSelector: "spec.nodeName=n" });
  assert.equal(podSelector(pods, {}), undefined);
});

test("secrets are hidden, and what kubectl keeps of them too", () => {
  const secret = { metadata: { name: "s", managedFields: [1], annotations: { "kubectl.kubernetes.io/last-applied-configuration": "{secret}" } },
    data: { a: "c2VjcmV0" } };
  assert.equal(JSON.stringify(shown(secret, { values: false, all: false })).includes("ecret}"), false);
  assert.equal(shown(secret, { values: false, all: false }).data.a, "(hidden)");
  assert.equal(shown(secret, { values: true, all: true }).data.a, "c2VjcmV0");
  assert.equal(plain("w6Q="), "ä");
  assert.equal(plain("/w=="), "/w==");
});

test("logs", () => {
  assert.equal(withoutColours("\u001b[1;31mred\u001b[0m\r"), "red");
  assert.equal(defaultContainer({ metadata: { annotations: { "kubectl.kubernetes.io/default-container": "b" } }, spec: { containers: [{ name: "a" }] } }), "b");
});

test("shells", () => {
  assert.deepEqual([...message(4, "é")], [4, 0xc3, 0xa9]);
  assert.equal(execPath({ metadata: { name: "p", namespace: "n" } }, "c", ["sh", "-c", "a b"]),
    "/api/v1/namespaces/n/pods/p/exec?container=c&stdin=true&stdout=true&tty=true&command=sh&command=-c&command=a%20b");
  assert.equal(endText('{"status":"Success"}'), "The command has ended.");
  assert.equal(endText('{"status":"Failure","message":"no"}'), "no");
  assert.equal(endText("odd"), "odd");
  assert.equal(paletteColour(16), "rgb(0,0,0)");
  assert.equal(paletteColour(231), "rgb(255,255,255)");
  assert.equal(paletteColour(255), "rgb(238,238,238)");
});
