package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.NetworkPods.client;
import static io.gantry.e2e.conformance.NetworkPods.pod;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the conformance suite asks of Endpoints and EndpointSlices.
@Order(5)
@SharedCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndpointConformanceTest {
    private static final String NS = "endpoints";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADDRESSES = "{.items[*].endpoints[*].addresses[*]}";

    private NetworkPods pods;

    @BeforeAll
    void start(TestCluster cluster) {
        pods = NetworkPods.in(cluster, NS);
        String port = "\"ports\":[{\"name\":\"example-name\",\"containerPort\":%d}],";
        pods.create(
                pod(
                        "pod1",
                        "\"pod1\":\"on\",\"shared\":\"on\"",
                        "",
                        port.formatted(3000),
                        "/s/server.pl",
                        "name:3000",
                        "text:3003=more"),
                pod("pod2", "\"pod2\":\"on\",\"shared\":\"on\"", "", port.formatted(3001), "/s/server.pl", "name:3001"),
                client("client", "", ""));
        pods.awaitReady("pod1", "pod2", "client");
    }

    @AfterAll
    void end() {
        pods.kubectl().must("delete", "namespace", NS, "--wait=false");
    }

    private static String service(String name, String selector, String ports) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{"
                + (selector.isEmpty() ? "" : "\"selector\":{\"" + selector + "\":\"on\"},")
                + "\"ports\":[" + ports + "]}}";
    }

    private static String port(String name, int port, String target) {
        return "{\"name\":\"" + name + "\",\"port\":" + port + (target.isEmpty() ? "" : ",\"targetPort\":" + target)
                + "}";
    }

    private static String slice(String name, String service, String ip, String portName, int port) {
        return """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"%s",
             "labels":{"kubernetes.io/service-name":"%s"}},"addressType":"IPv4",
             "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}],
             "ports":[{"name":"%s","port":%d,"protocol":"TCP"}]}""".formatted(name, service, ip, portName, port);
    }

    private String ip(String pod) {
        return pods.get("pod/" + pod, "{.status.podIP}");
    }

    private String slices(String service, String path) {
        return pods.run(
                "get", "endpointslices", "-l", "kubernetes.io/service-name=" + service, "-o", "jsonpath=" + path);
    }

    private void expectSlices(String wanted, String service, String path) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, sorted(slices(service, path)), service));
    }

    private void expectEndpoints(String wanted, String service) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertEquals(
                        wanted,
                        sorted(pods.get(
                                "endpoints/" + service,
                                "{range .subsets[*]}{.addresses[*].ip}:{.ports[*].port} {end}")),
                        service));
    }

    private static String sorted(String words) {
        return String.join(
                " ", Arrays.stream(words.strip().split("\\s+")).sorted().toList());
    }

    /// EndpointSlice and Endpoints, creation/deletion: for pods that match, with ports by number and by name.
    @Test
    void podsThatMatchAreListed() {
        pods.create(
                service("by-number", "pod1", port("example", 80, "3000")),
                service("by-name", "shared", port("http", 80, "\"example-name\"")),
                service("no-match", "pod3", port("example", 80, "8080")));
        String one = ip("pod1") + ":3000";
        String both = sorted(one + " " + ip("pod2") + ":3001");
        String each = "{range .items[*]}{.endpoints[*].addresses[*]}:{.ports[*].port} {end}";
        expectEndpoints(one, "by-number");
        expectSlices(one, "by-number", each);
        expectEndpoints(both, "by-name");
        expectSlices(both, "by-name", each);
        expectEndpoints("", "no-match");
        expectSlices(
                "endpointslice-controller.k8s.io",
                "no-match",
                "{.items[*].metadata.labels.endpointslice\\.kubernetes\\.io/managed-by}");
        assertEquals("", slices("no-match", ADDRESSES));
        pods.run("delete", "endpointslices", "-l", "kubernetes.io/service-name=by-name");
        expectSlices(both, "by-name", each);
        pods.probe("client", "http,by-name,80,pod1+pod2", "http,by-number,80,pod1");
    }

    /// EndpointSlice and Endpoints of a service that nothing matches: there, empty, and gone with it.
    @Test
    void anEmptyServiceHasEmptyOnes() {
        pods.create(service("empty", "does-not-match", port("example", 80, "")));
        expectEndpoints("", "empty");
        expectSlices(
                "endpointslice-controller.k8s.io",
                "empty",
                "{.items[*].metadata.labels.endpointslice\\.kubernetes\\.io/managed-by}");
        assertEquals("", slices("empty", ADDRESSES));
        pods.run("delete", "service", "empty");
        await().atMost(PATIENCE)
                .until(() -> pods.run("get", "endpoints", "empty", "--ignore-not-found")
                                .isEmpty()
                        && slices("empty", "{.items[*].metadata.name}").isEmpty());
    }

    /// EndpointSlice, single IP and multiple IPs, multiple ports: slices that a user makes.
    @Test
    void slicesOfUsersAreServed() {
        pods.create(
                service("one-ip", "", port("a", 80, "") + "," + port("b", 81, "")),
                slice("one-ip-a", "one-ip", ip("pod1"), "a", 3000),
                slice("one-ip-b", "one-ip", ip("pod1"), "b", 3003),
                service("two-ips", "", port("a", 80, "") + "," + port("b", 81, "")),
                slice("two-ips-a", "two-ips", ip("pod1"), "a", 3000),
                slice("two-ips-b", "two-ips", ip("pod2"), "b", 3001));
        pods.probe(
                "client", "http,one-ip,80,pod1", "http,one-ip,81,more", "http,two-ips,80,pod1", "http,two-ips,81,pod2");
    }

    /// EndpointSlice Mirroring: create, update and delete of Endpoints that a user makes.
    @Test
    void endpointsOfUsersAreMirrored() {
        String endpoints =
                "{\"apiVersion\":\"v1\",\"kind\":\"Endpoints\",\"metadata\":{\"name\":\"custom\"},\"subsets\":[{\"addresses\":[{\"ip\":\"%s\"}],\"ports\":[{\"name\":\"a\",\"port\":%d}]}]}";
        pods.create(service("custom", "", port("a", 80, "")), endpoints.formatted("10.1.2.3", 80));
        String path =
                "{.items[*].endpoints[*].addresses[*]} {.items[*].ports[*].port} {.items[*].metadata.labels.endpointslice\\.kubernetes\\.io/managed-by}";
        expectSlices("10.1.2.3 80 endpointslicemirroring-controller.k8s.io", "custom", path);
        pods.patch(
                "endpoints/custom",
                "{\"subsets\":[{\"addresses\":[{\"ip\":\"" + ip("pod1")
                        + "\"}],\"ports\":[{\"name\":\"a\",\"port\":3000}]}]}");
        expectSlices(sorted(ip("pod1") + " 3000 endpointslicemirroring-controller.k8s.io"), "custom", path);
        pods.probe("client", "http,custom,80,pod1");
        pods.run("delete", "endpoints", "custom");
        expectSlices("", "custom", ADDRESSES);
    }
}
