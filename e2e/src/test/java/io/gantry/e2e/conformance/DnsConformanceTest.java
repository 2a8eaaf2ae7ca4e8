package io.gantry.e2e.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the conformance suite asks of DNS, looked up from a pod with a host name below a headless service.
@Order(5)
@SharedCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DnsConformanceTest {
    private static final String NS = "dns";
    private static final String ZONE = ".dns.svc.cluster.local";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Kubectl kubectl;

    @BeforeAll
    void start(TestCluster cluster) {
        kubectl = cluster.kubectl().inNewNamespace(NS);
        String pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"dns-test":"true"}},"spec":{
             "terminationGracePeriodSeconds":0,%s"containers":[{"name":"c","image":"%s","command":["sleep","1000"]}]}}""";
        String ports =
                "\"ports\":[{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}],\"selector\":{\"dns-test\":\"true\"}";
        String service = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}";
        kubectl.mustWith(
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                        + String.join(
                                ",",
                                service.formatted("headless", "\"clusterIP\":\"None\"," + ports),
                                service.formatted("regular", ports),
                                service.formatted(
                                        "external", "\"type\":\"ExternalName\",\"externalName\":\"foo.example.com\""),
                                pod.formatted(
                                        "querier",
                                        "\"hostname\":\"dns-querier\",\"subdomain\":\"headless\",",
                                        TestCluster.BUSYBOX),
                                pod.formatted(
                                        "custom",
                                        "\"dnsPolicy\":\"None\",\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\"],\"searches\":[\"resolv.conf.local\"],\"options\":[{\"name\":\"ndots\",\"value\":\"2\"},{\"name\":\"rotate\"}]},",
                                        TestCluster.BUSYBOX))
                        + "]}",
                "create",
                "-n",
                NS,
                "-f",
                "-");
        kubectl.must("wait", "-n", NS, "--for=condition=Ready", "--timeout=90s", "pod/querier", "pod/custom");
    }

    @AfterAll
    void end() {
        kubectl.must("delete", "namespace", NS, "--wait=false");
    }

    private String sh(String pod, String script) {
        return kubectl.must("exec", "-n", NS, pod, "--", "sh", "-c", script);
    }

    /// What nslookup says beside the server's own address, sorted.
    private List<String> lookUp(String type, String name) {
        String answer = sh("querier", "nslookup -type=" + type + " " + name + " 2>&1 || true");
        return Arrays.stream(answer.split("\n"))
                .map(String::strip)
                .filter(line -> line.contains(name.split("\\.")[0]) || line.startsWith("Address: "))
                .filter(line -> !line.contains("Querying"))
                .map(line -> line.replaceAll("\\s+", " "))
                .sorted()
                .distinct()
                .toList();
    }

    private void expect(List<String> wanted, String type, String name) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, lookUp(type, name), name));
    }

    private List<String> addresses(String name, String... ips) {
        return Stream.concat(Stream.of("Name: " + name), Arrays.stream(ips).map(ip -> "Address: " + ip))
                .sorted()
                .toList();
    }

    private String field(String object, String path) {
        return kubectl.must("get", object, "-n", NS, "-o", "jsonpath=" + path);
    }

    /// DNS, cluster: by DNS and by /etc/hosts; custom dnsConfig.
    @Test
    void theClusterAndThePodItself() {
        expect(
                addresses("kubernetes.default.svc.cluster.local", "10.96.0.1"),
                "a",
                "kubernetes.default.svc.cluster.local");
        String ip = field("pod/querier", "{.status.podIP}");
        assertEquals(
                ip + " dns-querier.headless" + ZONE + " dns-querier",
                sh("querier", "grep dns-querier /etc/hosts | tr '\\t' ' '"));
        assertEquals("dns-querier", sh("querier", "hostname"));
        assertEquals("dns-querier.headless" + ZONE, sh("querier", "hostname -f"));
        assertEquals(
                "nameserver 10.96.0.10\nsearch dns.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5",
                sh(
                        "querier",
                        "grep nameserver /etc/resolv.conf; grep search /etc/resolv.conf | cut -d' ' -f1-4; grep options /etc/resolv.conf"));
        assertEquals(
                "nameserver 1.1.1.1\noptions ndots:2 rotate\nsearch resolv.conf.local",
                sh("custom", "sort /etc/resolv.conf"));
    }

    /// DNS, services; resolve the hostname; resolve the subdomain: A and SRV records of headless and other services.
    @Test
    void servicesAndTheirPods() {
        String querier = field("pod/querier", "{.status.podIP}");
        String custom = field("pod/custom", "{.status.podIP}");
        expect(addresses("headless" + ZONE, querier, custom), "a", "headless" + ZONE);
        expect(addresses("regular" + ZONE, field("service/regular", "{.spec.clusterIP}")), "a", "regular" + ZONE);
        expect(addresses("dns-querier.headless" + ZONE, querier), "a", "dns-querier.headless" + ZONE);
        String regular = "_http._tcp.regular" + ZONE;
        expect(List.of(regular + " service = 0 100 80 regular" + ZONE), "srv", regular);
        String headless = "_http._tcp.headless" + ZONE;
        expect(
                List.of(
                        headless + " service = 0 50 80 " + custom.replace('.', '-') + ".headless" + ZONE,
                        headless + " service = 0 50 80 dns-querier.headless" + ZONE),
                "srv",
                headless);
    }

    /// DNS, PQDN for services: names that the search path completes, by the resolver of a program.
    @Test
    void partialNames() {
        String ip = field("service/regular", "{.spec.clusterIP}");
        for (String name : List.of("regular", "regular.dns", "regular.dns.svc")) {
            assertEquals(
                    ip,
                    sh("querier", "ping -c1 -W1 " + name + " 2>&1 | sed -n 's/^PING [^(]*(\\([^)]*\\)).*/\\1/p'"),
                    name);
        }
        String custom = field("pod/custom", "{.status.podIP}");
        await().atMost(PATIENCE).untilAsserted(() -> {
            String found = sh("querier", "ping -c1 -W1 headless | sed -n 's/^PING [^(]*(\\([^)]*\\)).*/\\1/p'");
            assertEquals(
                    true,
                    List.of(custom, field("pod/querier", "{.status.podIP}")).contains(found),
                    found);
        });
    }

    /// DNS, for ExternalName services: the name, another name, and a cluster IP in its place.
    @Test
    void externalNamesChange() {
        String name = "external" + ZONE;
        expect(List.of(name + " canonical name = foo.example.com"), "cname", name);
        kubectl.must(
                "patch",
                "service/external",
                "-n",
                NS,
                "--type=merge",
                "-p",
                "{\"spec\":{\"externalName\":\"bar.example.com\"}}");
        expect(List.of(name + " canonical name = bar.example.com"), "cname", name);
        kubectl.must(
                "patch",
                "service/external",
                "-n",
                NS,
                "--type=merge",
                "-p",
                "{\"spec\":{\"type\":\"ClusterIP\",\"externalName\":null,\"ports\":[{\"name\":\"http\",\"port\":80}]}}");
        expect(addresses(name, field("service/external", "{.spec.clusterIP}")), "a", name);
    }
}
