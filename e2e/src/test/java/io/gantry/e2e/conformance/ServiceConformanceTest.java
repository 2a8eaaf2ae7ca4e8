package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.NetworkPods.client;
import static io.gantry.e2e.conformance.NetworkPods.pod;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What the conformance suite asks of services and the network between pods: two servers `s1` and `s2`, a
/// third one `s3` that gets ready when it is told, and clients in the pod network and in the node's.
@Order(5)
@SharedCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceConformanceTest {
    private static final String NS = "network";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PORTS = """
            "ports":[{"name":"web","containerPort":8080%s},{"name":"who","containerPort":8081,"protocol":"UDP"}],""";

    private NetworkPods pods;
    private String node = "";

    @BeforeAll
    void start(TestCluster cluster) {
        pods = NetworkPods.in(cluster, NS);
        node = cluster.machine().address();
        String[] script = {"/s/server.pl", "name:8080", "udp:8081", "name:8082", "udp:8082"};
        String host = ",\"hostPort\":54323,\"hostIP\":\"%s\"";
        pods.create(
                pod("s1", "\"app\":\"web\",\"one\":\"on\"", "", PORTS.formatted(host.formatted("127.0.0.1")), script),
                pod("s2", "\"app\":\"web\",\"two\":\"on\"", "", PORTS.formatted(host.formatted(node)), script),
                pod(
                        "s3",
                        "\"app\":\"late\"",
                        "",
                        "\"readinessProbe\":{\"exec\":{\"command\":[\"perl\",\"-e\",\"exit !-e '/tmp/ready'\"]},\"periodSeconds\":1},"
                                + "\"ports\":[{\"name\":\"other\",\"containerPort\":8081,\"hostPort\":54323,\"hostIP\":\""
                                + node + "\",\"protocol\":\"UDP\"}],",
                        script),
                client("client", "", ""),
                client("host", "", "\"hostNetwork\":true,\"dnsPolicy\":\"ClusterFirstWithHostNet\","));
        pods.awaitReady("s1", "s2", "client", "host");
    }

    @AfterAll
    void end() {
        pods.kubectl().must("delete", "namespace", NS, "--wait=false");
    }

    private static String service(String name, String spec) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + spec
                + "}}";
    }

    private static String web(String name, String more) {
        return service(name, more + "\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80,\"targetPort\":\"web\"}]");
    }

    private void expect(String wanted, String object, String path) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, pods.get(object, path), object + path));
    }

    private String ip(String pod) {
        return pods.get("pod/" + pod, "{.status.podIP}");
    }

    private String clusterIp(String service) {
        return pods.get("service/" + service, "{.spec.clusterIP}");
    }

    private String nodePort(String service) {
        return pods.get("service/" + service, "{.spec.ports[0].nodePort}");
    }

    /// Networking, intra pod http and udp, and from the node; HostPort matching and HostIP and Protocol not-matching.
    @Test
    void podsReachPodsAndSoDoesTheNode() {
        List<String> direct = new ArrayList<>();
        for (String pod : List.of("s1", "s2")) {
            direct.add("http," + ip(pod) + ",8080," + pod);
            direct.add("udp," + ip(pod) + ",8081," + pod);
        }
        pods.probe("client", direct.toArray(String[]::new));
        direct.add("http,127.0.0.1,54323,s1");
        direct.add("http," + node + ",54323,s2");
        direct.add("udp," + node + ",54323,s3");
        pods.probe("host", direct.toArray(String[]::new));
    }

    /// Kubernetes Service; kubernetes.default Endpoints and EndpointSlices.
    @Test
    void theApiServerIsAService() {
        var kubectl = pods.kubectl();
        String endpoints = kubectl.must(
                "get",
                "endpoints/kubernetes",
                "-o",
                "jsonpath={.subsets[*].addresses[*].ip} {.subsets[*].ports[*].name} {.subsets[*].ports[*].port}");
        String slices = kubectl.must(
                "get",
                "endpointslices",
                "-l",
                "kubernetes.io/service-name=kubernetes",
                "-o",
                "jsonpath={.items[*].endpoints[*].addresses[*]} {.items[*].ports[*].name} {.items[*].ports[*].port}");
        assertEquals(endpoints, slices);
        assertEquals(node + " https 6443", endpoints);
        assertEquals(
                "443",
                kubectl.must("get", "service/kubernetes", "-o", "jsonpath={.spec.ports[?(@.name==\"https\")].port}"));
        // It speaks TLS: a plain request is no answer, but a connection.
        pods.probe("client", "http,kubernetes.default,443,-broken");
    }

    /// Service, endpoints; endpoints with multiple ports; same port and different protocols.
    @Test
    void endpointsFollowThePods() {
        pods.create(
                service("basic", "\"selector\":{\"basic\":\"on\"},\"ports\":[{\"port\":80,\"targetPort\":8080}]"),
                service(
                        "multi",
                        "\"selector\":{\"app\":\"web\"},\"ports\":[{\"name\":\"a\",\"port\":80,\"targetPort\":\"web\"},{\"name\":\"b\",\"port\":81,\"targetPort\":8082}]"),
                service(
                        "both",
                        "\"selector\":{\"one\":\"on\"},\"ports\":[{\"name\":\"t\",\"port\":80,\"targetPort\":8082},{\"name\":\"u\",\"port\":80,\"targetPort\":8082,\"protocol\":\"UDP\"}]"));
        expect("", "endpoints/basic", "{.subsets[*].addresses[*].ip}");
        pods.run("label", "pod", "s1", "basic=on");
        expect(ip("s1") + " 8080", "endpoints/basic", "{.subsets[*].addresses[*].ip} {.subsets[*].ports[*].port}");
        pods.probe(
                "client",
                "http,basic,80,s1",
                "http,multi,80,s1+s2",
                "http,multi,81,s1+s2",
                "http,both,80,s1",
                "udp,both,80,s1",
                "refused," + clusterIp("basic") + ",81,-refused");
        pods.run("label", "pod", "s2", "basic=on");
        pods.probe("client", "http," + clusterIp("basic") + ",80,s1+s2");
        pods.run("label", "pod", "s1", "basic-");
        pods.probe("client", "http," + clusterIp("basic") + ",80,s2");
        pods.run("label", "pod", "s2", "basic-");
        expect("", "endpoints/basic", "{.subsets}");
        pods.patch(
                "service/both",
                "{\"spec\":{\"ports\":[{\"name\":\"u\",\"port\":80,\"targetPort\":8082,\"protocol\":\"UDP\"}]}}");
        pods.probe(
                "client",
                "refused," + clusterIp("basic") + ",80,-refused",
                "refused," + clusterIp("both") + ",80,-refused",
                "udp,both,80,s1");
    }

    /// Session affinity of ClusterIP and NodePort services, and its switching on and off.
    @Test
    void clientsStayWhereTheyAre() {
        String sticky = "\"sessionAffinity\":\"ClientIP\",";
        String port = "\"type\":\"NodePort\",";
        pods.create(
                web("sticky", sticky),
                web("sticky-port", port + sticky),
                web("switched", ""),
                web("switched-port", port));
        String[] first = {
            "http,sticky,80,same",
            "http," + node + "," + nodePort("sticky-port") + ",same",
            "http,sticky-port,80,same",
            "http,switched,80,varied",
            "http," + node + "," + nodePort("switched-port") + ",varied"
        };
        pods.probe("client", first);
        pods.probe("host", "http," + node + "," + nodePort("sticky-port") + ",same", "http,sticky.network,80,same");
        for (String service : List.of("switched", "switched-port")) {
            pods.patch("service/" + service, "{\"spec\":{\"sessionAffinity\":\"ClientIP\"}}");
        }
        for (String service : List.of("sticky", "sticky-port")) {
            pods.patch("service/" + service, "{\"spec\":{\"sessionAffinity\":\"None\"}}");
        }
        String[] second = new String[first.length];
        for (int i = 0; i < first.length; i++) {
            second[i] = first[i].endsWith("same")
                    ? first[i].replace(",same", ",varied")
                    : first[i].replace(",varied", ",same");
        }
        pods.probe("client", second);
    }

    /// Service, change type: every way between ExternalName, ClusterIP and NodePort.
    @Test
    void typesChange() {
        String external = "\"type\":\"ExternalName\",\"externalName\":\"elsewhere.example.com\"";
        pods.create(
                web("target", ""),
                web("cluster-external", ""),
                web("port-external", "\"type\":\"NodePort\","),
                service("external-cluster", external),
                service("external-port", external));
        String released = nodePort("port-external");
        String toExternal =
                "{\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"target.network.svc.cluster.local\",\"clusterIP\":null}}";
        pods.patch("service/cluster-external", toExternal);
        pods.patch("service/port-external", toExternal);
        String to =
                "{\"spec\":{\"type\":\"%s\",\"externalName\":null,\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80,\"targetPort\":8080,\"protocol\":\"TCP\"}]}}";
        pods.patch("service/external-cluster", to.formatted("ClusterIP"));
        pods.patch("service/external-port", to.formatted("NodePort"));
        assertEquals("", clusterIp("cluster-external"));
        assertEquals("", clusterIp("port-external"));
        assertEquals("", nodePort("port-external"));
        pods.create(service(
                "taker",
                "\"type\":\"NodePort\",\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80,\"targetPort\":8080,\"nodePort\":"
                        + released + "}]"));
        pods.probe(
                "client",
                "resolve,cluster-external,0," + clusterIp("target"),
                "resolve,port-external.network.svc.cluster.local,0," + clusterIp("target"),
                "http,cluster-external,80,s1+s2",
                "http,external-cluster,80,s1+s2",
                "http," + clusterIp("external-cluster") + ",80,s1+s2",
                "http,external-port,80,s1+s2",
                "http," + clusterIp("external-port") + ",80,s1+s2",
                "http," + node + "," + nodePort("external-port") + ",s1+s2",
                "http," + node + "," + released + ",s1+s2");
    }

    /// Pods that are not ready get traffic only where a service publishes them.
    @Test
    void readinessDecides() {
        String late = "\"selector\":{\"app\":\"late\"},\"ports\":[{\"port\":80,\"targetPort\":8080}]";
        pods.create(
                service("late", late),
                service("published", "\"publishNotReadyAddresses\":true," + late),
                service(
                        "local",
                        "\"internalTrafficPolicy\":\"Local\",\"externalTrafficPolicy\":\"Local\",\"type\":\"NodePort\","
                                + late.replace("late", "web")));
        expect(ip("s3"), "endpoints/late", "{.subsets[*].notReadyAddresses[*].ip}");
        expect(ip("s3"), "endpoints/published", "{.subsets[*].addresses[*].ip}");
        pods.probe(
                "client",
                "http,published,80,s3",
                "refused,late,80,-refused",
                "http,local,80,s1+s2",
                "clientip,local,80," + ip("client"));
        pods.run("exec", "s3", "--", "perl", "-e", "open(my $f, '>', '/tmp/ready')");
        pods.probe("client", "http,late,80,s3");
    }

    /// Service endpoint latency: all of a hundred services have their endpoint long before upstream's 20 s.
    @Test
    void endpointsComeSoon() {
        pods.create(IntStream.range(0, 100)
                .mapToObj(i -> web("latency-" + i, "")
                        .replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"latency\":\"on\"},")
                        .replace("\"app\":\"web\"", "\"one\":\"on\""))
                .toArray(String[]::new));
        String all = String.join(" ", Collections.nCopies(100, ip("s1")));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> pods.run(
                                "get",
                                "endpoints",
                                "-l",
                                "latency=on",
                                "-o",
                                "jsonpath={.items[*].subsets[*].addresses[*].ip}")
                        .equals(all));
    }
}
