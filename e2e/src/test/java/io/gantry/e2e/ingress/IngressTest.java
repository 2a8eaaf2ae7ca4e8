package io.gantry.e2e.ingress;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.Json;
import io.gantry.component.pki.CertificateAuthority;
import io.gantry.component.pki.CertificateProfile;
import io.gantry.component.pki.Identity;
import io.gantry.e2e.cluster.SharedCluster;
import io.gantry.e2e.cluster.TestCluster;
import io.gantry.e2e.kubectl.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Ingresses by kubectl and curl, in front of a real nginx; and the process that serves them, which comes with the
/// first and goes with the last. Before the tests that make load balancers: port 80 of the node is theirs then.
@Order(3)
@SharedCluster
class IngressTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAMESPACE = "ingressed";
    private static final String STATUS = "\n%{http_version} %{http_code} %{redirect_url}";

    @TempDir
    private Path folder;

    private TestCluster cluster;
    private Kubectl kubectl;

    @Test
    void hostsPathsTlsAndRewriting(TestCluster shared) throws Exception {
        cluster = shared;
        kubectl = cluster.kubectl();
        kubectl.must("delete", "ingress", "--all", "--all-namespaces");
        await("no Ingress, no process").atMost(LIMIT).until(() -> pid() == 0);
        kubectl.inNewNamespace(NAMESPACE);
        in("create", "deployment", "web", "--image=" + TestCluster.NGINX);
        in("expose", "deployment", "web", "--port=80");
        in("rollout", "status", "deployment/web", "--timeout=90s");
        Path certificate = secret();

        in(
                "create",
                "ingress",
                "web",
                "--rule=web.test/*=web:80,tls=web-tls",
                "--annotation=nginx.ingress.kubernetes.io/canary=true");
        in(
                "create",
                "ingress",
                "app",
                "--rule=app.test/app(/|$)(.*)=web:80",
                "--annotation=nginx.ingress.kubernetes.io/rewrite-target=/$2");
        String address = cluster.machine().address();
        await("addresses")
                .atMost(LIMIT)
                .until(() -> address.equals(
                        in("get", "ingress", "app", "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}")));
        await("a first answer")
                .atMost(LIMIT)
                .until(() -> curl("http://web.test/").endsWith(" 308 https://web.test/"));

        String overTls = curl("https://web.test/", "--cacert", certificate.toString());
        assertTrue(overTls.contains("nginx") && overTls.endsWith("\n2 200 "), overTls);
        assertTrue(curl("https://web.test/", "--http1.1", "--cacert", certificate.toString())
                .endsWith("\n1.1 200 "));
        assertTrue(curl("http://app.test/app/index.nginx-debian.html").endsWith(" 200 "));
        assertTrue(curl("http://app.test/app").endsWith(" 200 "));
        assertTrue(curl("http://app.test/other").contains("default backend - 404"));
        assertTrue(curl("http://none.test/").endsWith(" 404 "));
        assertTrue(in("get", "events", "--field-selector=reason=AnnotationIgnored")
                .contains("nginx.ingress.kubernetes.io/canary is not supported"));

        in("scale", "deployment", "web", "--replicas=0");
        await("no endpoint")
                .atMost(LIMIT)
                .until(() -> curl("http://app.test/app").endsWith(" 503 "));

        in("delete", "ingress", "web", "app");
        await("the process goes with the last Ingress").atMost(LIMIT).until(() -> pid() == 0);
        kubectl.must("delete", "namespace", NAMESPACE, "--wait=false");
    }

    /// A Secret for the host `web.test`.
    ///
    /// @return the authority's certificate
    private Path secret() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("test", Duration.ofDays(1));
        Identity identity = authority.issue(
                CertificateProfile.server("web.test", List.of("web.test"), List.of(), Duration.ofDays(1)));
        Path key = Files.writeString(folder.resolve("tls.key"), identity.keyPem());
        Path chain = Files.writeString(folder.resolve("tls.crt"), identity.certificatePem());
        in("create", "secret", "tls", "web-tls", "--cert=" + chain, "--key=" + key);
        return Files.writeString(folder.resolve("ca.crt"), authority.identity().certificatePem());
    }

    private String in(String... arguments) {
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        words.addAll(List.of("-n", NAMESPACE));
        return kubectl.must(words.toArray(String[]::new));
    }

    /// The body, and a line with the version, the status and where to go instead.
    private String curl(String url, String... options) {
        List<String> words = new ArrayList<>(List.of("curl", "-s", "--noproxy", "*", "-w", STATUS));
        for (String port : List.of("80", "443")) {
            for (String host : List.of("web.test", "app.test", "none.test")) {
                words.addAll(List.of(
                        "--resolve", host + ":" + port + ":" + cluster.machine().address()));
            }
        }
        words.addAll(Arrays.asList(options));
        words.add(url);
        return cluster.machine()
                .run(Duration.ofSeconds(20), Map.of(), "", words.toArray(String[]::new))
                .out();
    }

    private long pid() {
        String json = cluster.gantry("status", "-o", "json").out();
        for (JsonNode process : Json.MAPPER.readTree(json).path("processes")) {
            if ("ingress".equals(process.path("name").asString())) {
                return process.path("pid").asLong();
            }
        }
        throw new AssertionError("no process named ingress: " + json);
    }
}
