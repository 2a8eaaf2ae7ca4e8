package io.gantry.e2e.conformance;

import static io.gantry.e2e.conformance.NetworkPods.pod;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.component.pki.Pem;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.machine.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the conformance suite asks of the API server's proxy to pods and services.
@Order(5)
@SharedCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyConformanceTest {
    private static final String NS = "proxied";
    private static final int PORT = 18001;
    private static final String PATH = "/api/v1/namespaces/" + NS + "/";
    private static final String NGINX_CONF = """
            events {}
            http {
              ssl_certificate /tls/tls.crt;
              ssl_certificate_key /tls/tls.key;
              default_type text/html;
              server { listen 443 ssl; return 200 '<a href="/tlsrewriteme">test</a>'; }
              server { listen 460 ssl; return 200 'tls baz'; }
              server { listen 462 ssl; return 200 'tls qux'; }
            }
            """;

    private NetworkPods pods;
    private Machine machine;
    private Process tunnel;

    @BeforeAll
    void start(TestCluster cluster, @TempDir Path folder) throws Exception {
        machine = cluster.machine();
        pods = NetworkPods.in(cluster, NS);
        Identity identity = CertificateAuthority.create("stranger", Duration.ofHours(1))
                .issue(new CertificateProfile(
                        "tls",
                        List.of(),
                        List.of("tls.example.com"),
                        List.of(),
                        List.of(CertificateProfile.Usage.SERVER_AUTH),
                        Duration.ofHours(1)));
        Path certificate = Files.writeString(folder.resolve("tls.crt"), Pem.encode(identity.certificate()));
        Path key = Files.writeString(folder.resolve("tls.key"), Pem.encode(identity.key()));
        pods.run("create", "secret", "tls", "tls", "--cert=" + certificate, "--key=" + key);
        pods.run("create", "configmap", "nginx", "--from-literal=nginx.conf=" + NGINX_CONF);
        String link = "<a href=\"/rewriteme\">test</a>";
        pods.create(
                pod(
                        "porter",
                        "\"app\":\"porter\"",
                        "",
                        "\"ports\":[{\"containerPort\":80},{\"name\":\"dest1\",\"containerPort\":160}],",
                        "/s/server.pl",
                        "html:80=" + link,
                        "html:1080=" + link,
                        "text:160=foo",
                        "text:162=bar"),
                pod("json", "\"app\":\"json\"", "", "", "/s/server.pl", "json:80=foo"),
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"tls","labels":{"app":"tls"}},"spec":{
                 "terminationGracePeriodSeconds":0,
                 "volumes":[{"name":"t","secret":{"secretName":"tls"}},{"name":"n","configMap":{"name":"nginx"}}],
                 "containers":[{"name":"c","image":"%s","command":["nginx","-g","daemon off;","-c","/n/nginx.conf"],
                  "ports":[{"name":"tlsdest1","containerPort":460}],
                  "volumeMounts":[{"name":"t","mountPath":"/tls"},{"name":"n","mountPath":"/n"}]}]}}""".formatted(TestCluster.NGINX),
                service("porter", port("portname1", 80, "\"dest1\"") + "," + port("portname2", 81, "162")),
                service("tls", port("tlsportname1", 443, "\"tlsdest1\"") + "," + port("tlsportname2", 444, "462")),
                service("json", "{\"port\":80,\"targetPort\":80}"));
        tunnel = pods.kubectl().start(folder.resolve("proxy.log"), "proxy", "--port=" + PORT);
        pods.awaitReady("porter", "json", "tls");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> curl("GET", PATH + "services/tls:tlsportname2/proxy/")
                                .contains("400")
                        && curl("GET", PATH + "services/porter:81/proxy/").equals("bar 200"));
    }

    @AfterAll
    void end() {
        tunnel.destroy();
        pods.kubectl().must("delete", "namespace", NS, "--wait=false");
    }

    private static String service(String name, String ports) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"selector\":{\"app\":\"" + name + "\"},\"ports\":[" + ports + "]}}";
    }

    private static String port(String name, int port, String target) {
        return "{\"name\":\"" + name + "\",\"port\":" + port + ",\"targetPort\":" + target + "}";
    }

    /// The answer's body and status.
    private String curl(String method, String path) {
        List<String> words = new ArrayList<>(List.of("curl", "-s", "-m", "20", "-w", " %{http_code}"));
        words.addAll(method.equals("HEAD") ? List.of("-I", "-o", "/dev/null") : List.of("-X", method));
        words.add("http://127.0.0.1:" + PORT + path);
        return machine.run(Duration.ofSeconds(30), Map.of(), "", words.toArray(String[]::new))
                .out()
                .strip();
    }

    /// Proxy through apiserver to a Service, and to a pod: by port's name and number, with TLS, links of pages changed.
    @Test
    void portsAndSchemes() {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String scheme : List.of("", "http:")) {
            wanted.put("services/" + scheme + "porter:portname1", "foo");
            wanted.put("services/" + scheme + "porter:portname2", "bar");
            wanted.put("pods/" + scheme + "porter:160", "foo");
            wanted.put("pods/" + scheme + "porter:162", "bar");
        }
        wanted.put("services/https:tls:tlsportname1", "tls baz");
        wanted.put("services/https:tls:tlsportname2", "tls qux");
        wanted.put("pods/https:tls:460", "tls baz");
        wanted.put("pods/https:tls:462", "tls qux");
        for (String porter : List.of("porter", "porter:1080", "http:porter:1080")) {
            wanted.put("pods/" + porter, "<a href=\"" + PATH + "pods/" + porter + "/proxy/rewriteme\">test</a>");
        }
        wanted.put("pods/https:tls:443", "<a href=\"" + PATH + "pods/https:tls:443/proxy/tlsrewriteme\">test</a>");
        wanted.forEach((target, body) -> assertEquals(body + " 200", curl("GET", PATH + target + "/proxy/"), target));
    }

    /// Proxy, validate Proxy and ProxyWithPath responses: every method reaches pods and services.
    @Test
    void methods() {
        for (String target : List.of("pods/json", "services/json")) {
            for (String method : List.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")) {
                String body = method.equals("HEAD") ? "" : "{\"Method\":\"" + method + "\",\"Body\":\"foo\"} ";
                assertEquals(body + "200", curl(method, PATH + target + "/proxy/some/path/with/" + method), target);
                boolean read = method.equals("GET") || method.equals("HEAD");
                assertEquals(
                        read ? "301" : body + "200", curl(method, PATH + target + "/proxy?method=" + method), target);
            }
        }
    }
}
