package io.gantry.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class ComposeTest {
    @TempDir
    Path folder;

    private ComposeFile read(String text) throws IOException {
        return ComposeReader.read(
                Files.writeString(folder.resolve("compose.yaml"), text), "app", Map.of("TAG", "7"), Set.of());
    }

    private List<ObjectNode> manifests(String text) throws IOException {
        return ComposePlan.manifests(read(text), folder, "app");
    }

    private static ObjectNode named(List<ObjectNode> manifests, String kind, String name) {
        return manifests.stream()
                .filter(m -> m.path("kind").asString().equals(kind)
                        && m.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + manifests));
    }

    private static Path resource(String name) throws Exception {
        return Path.of(ComposeTest.class.getResource("/compose/" + name).toURI());
    }

    @Test
    void webAndPostgres() throws Exception {
        Path source = resource("compose-web-postgres.yaml");
        ComposeFile file = ComposeReader.read(source, "myapp", Map.of(), Set.of());
        List<ObjectNode> manifests = ComposePlan.manifests(file, source.getParent(), "myapp");
        assertEquals(
                List.of(
                        "PersistentVolumeClaim/postgres-data",
                        "Deployment/web",
                        "Service/web",
                        "Service/web-published",
                        "Deployment/db",
                        "Service/db"),
                manifests.stream()
                        .map(m -> m.path("kind").asString() + "/"
                                + m.at("/metadata/name").asString())
                        .toList());
        ObjectNode web = named(manifests, "Deployment", "web");
        assertEquals(
                "myapp-web:latest",
                web.at("/spec/template/spec/containers/0/image").asString());
        assertEquals(
                "postgres://db:5432/myapp",
                web.at("/spec/template/spec/containers/0/env/0/value").asString());
        ObjectNode db = named(manifests, "Deployment", "db");
        assertEquals("Recreate", db.at("/spec/strategy/type").asString());
        assertEquals(
                "postgres-data",
                db.at("/spec/template/spec/volumes/0/persistentVolumeClaim/claimName")
                        .asString());
        assertEquals(
                "/var/lib/postgresql/data",
                db.at("/spec/template/spec/containers/0/volumeMounts/0/mountPath")
                        .asString());
        assertEquals(
                "None", named(manifests, "Service", "db").at("/spec/clusterIP").asString());
        ObjectNode published = named(manifests, "Service", "web-published");
        assertEquals("LoadBalancer", published.at("/spec/type").asString());
        assertEquals(3000, published.at("/spec/ports/0/port").asInt());
    }

    @Test
    void webAndRedis() throws Exception {
        Path source = resource("compose-web-redis.yaml");
        ComposeFile file = ComposeReader.read(source, "shop", Map.of(), Set.of());
        List<ObjectNode> manifests = ComposePlan.manifests(file, source.getParent(), "shop");
        assertEquals(5, manifests.size(), manifests.toString());
        assertEquals(
                "my-python-app:latest",
                named(manifests, "Deployment", "web")
                        .at("/spec/template/spec/containers/0/image")
                        .asString());
        assertTrue(file.warnings().isEmpty(), file.warnings().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "8080:80, 8080, 80, TCP",
        "80, 80, 80, TCP",
        "127.0.0.1:8443:443, 8443, 443, TCP",
        "53:5353/udp, 53, 5353, UDP"
    })
    void ports(String text, int published, int target, String protocol) {
        assertEquals(
                List.of(new ComposePort(published, target, protocol)),
                ComposePort.read(new ComposeNode("services.a.ports[0]", text)));
    }

    @Test
    void aRangeOfPortsIsOneEach() {
        assertEquals(
                List.of(new ComposePort(9000, 80, "TCP"), new ComposePort(9001, 81, "TCP")),
                ComposePort.read(new ComposeNode("p", "9000-9001:80-81")));
    }

    @ParameterizedTest
    @CsvSource({
        "a$TAG, a7",
        "${TAG}b, 7b",
        "${NONE:-x}, x",
        "${TAG:-x}, 7",
        "${NONE-}, ''",
        "${TAG:+set}, set",
        "$$TAG, $TAG"
    })
    void variables(String text, String expected) {
        assertEquals(expected, new Interpolation(Map.of("TAG", "7")).apply(text));
    }

    @Test
    void commandsAsTextAreSplitAsAShellDoes() throws IOException {
        ObjectNode deployment = named(
                manifests("services: {a: {image: 'i:$TAG', command: \"sh -c 'echo \\\"a b\\\"' x\\\\ y\"}}"),
                "Deployment",
                "a");
        assertEquals(
                "i:7", deployment.at("/spec/template/spec/containers/0/image").asString());
        assertEquals(
                "[\"sh\",\"-c\",\"echo \\\"a b\\\"\",\"x y\"]",
                deployment.at("/spec/template/spec/containers/0/args").toString());
    }

    @Test
    void healthResourcesSecretsAndConfigs() throws IOException {
        Files.writeString(folder.resolve("key.txt"), "s3cret");
        List<ObjectNode> manifests = manifests("""
                services:
                  My_App:
                    image: i
                    healthcheck: {test: curl -f http://localhost, interval: 1m30s, retries: 5}
                    deploy: {replicas: 2, resources: {limits: {cpus: '0.5', memory: 64M}}}
                    user: "1000:100"
                    cap_drop: [ALL]
                    secrets: [key]
                    configs: [{source: conf, target: /etc/app.conf}]
                    volumes: ["./data:/data:ro", "/scratch"]
                    tmpfs: /run
                secrets: {key: {file: key.txt}}
                configs: {conf: {content: a=b}}
                """);
        ObjectNode deployment = named(manifests, "Deployment", "my-app");
        var pod = deployment.at("/spec/template/spec");
        var container = pod.at("/containers/0");
        assertEquals(2, deployment.at("/spec/replicas").asInt());
        assertEquals(90, container.at("/readinessProbe/periodSeconds").asInt());
        assertEquals(
                "[\"/bin/sh\",\"-c\",\"curl -f http://localhost\"]",
                container.at("/readinessProbe/exec/command").toString());
        assertEquals(
                "{\"cpu\":\"0.5\",\"memory\":\"64Mi\"}",
                container.at("/resources/limits").toString());
        assertEquals(1000, container.at("/securityContext/runAsUser").asInt());
        assertEquals(
                folder.resolve("data").toString(),
                pod.at("/volumes/0/hostPath/path").asString());
        assertEquals("Memory", pod.at("/volumes/2/emptyDir/medium").asString());
        assertEquals(
                "s3cret",
                named(manifests, "Secret", "key").at("/stringData/key").asString());
        assertEquals(
                "/run/secrets/key", container.at("/volumeMounts/3/mountPath").asString());
        assertEquals("/etc/app.conf", container.at("/volumeMounts/4/mountPath").asString());
    }

    record Wrong(String file, String says) {}

    static List<Wrong> wrong() {
        return List.of(
                new Wrong(
                        "services: {a: {image: i, ports: ['99999:80']}}", "services.a.ports[0]: ports are 1 to 65535"),
                new Wrong("services: {a: {image: i, security_opt: [x]}}", "services.a: not supported: security_opt"),
                new Wrong("services: {a: {}}", "services.a: neither `image` nor `build`"),
                new Wrong("services: {a: {image: i, volumes: ['d:/d']}}", "services.a.volumes: d is not declared"),
                new Wrong("services: {a: {image: i, user: www-data}}", "services.a.user: a cluster takes numbers"),
                new Wrong("services: {a: {image: '${NONE:?name one}'}}", "NONE must be set: name one"),
                new Wrong(
                        "services: {a: {image: i, stop_grace_period: soon}}",
                        "services.a.stop_grace_period: a duration"),
                new Wrong("kind: Pod", "not supported: kind"),
                new Wrong("version: '3'", "no `services`"),
                new Wrong("services: [", "the file is not YAML"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotRunIsRefusedWithItsPlace(Wrong wrong) {
        CliException refused = assertThrows(CliException.class, () -> manifests(wrong.file()));
        assertTrue(String.valueOf(refused.getMessage()).contains(wrong.says()), refused.getMessage());
    }

    @Test
    void whatHasNoEffectIsSaid() throws IOException {
        assertEquals(
                List.of("services.a.container_name has no effect: pods have names of their own"),
                read("services: {a: {image: i, container_name: x}}").warnings());
    }
}
