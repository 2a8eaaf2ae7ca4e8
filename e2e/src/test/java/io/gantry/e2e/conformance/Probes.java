package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gantry.e2e.cluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;

/// Liveness and readiness by command, HTTP, TCP and gRPC. A pod that must stay counts its probes, so that "was not
/// restarted" means "although it was probed".
final class Probes implements Scenario {
    private static final String EVERY_SECOND = "'periodSeconds':1,'failureThreshold':1";
    /// For pods that must stay, although one failure ends them: upstream's patience (its `container_probe.go`), for a
    /// busy machine may take seconds to start a server or a command.
    private static final String PATIENTLY = "'initialDelaySeconds':15,'timeoutSeconds':5";
    private static final int ENOUGH = 8;
    private static final String RESTARTS = ".status.containerStatuses[0].restartCount";
    /// A health service of gRPC: a fixed message with a trailer.
    private static final String NGINX_CONFIG =
            "events{} http{ server{ listen 5000 http2; default_type application/grpc;"
                    + " location / { root /health; error_page 405 =200 \\$uri; add_trailer grpc-status 0 always; } } }";
    /// `SERVING`, as gRPC frames it.
    private static final String SERVING = "\\000\\000\\000\\000\\002\\010\\001";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(
                Scene.shellPod(
                        "exec-fails",
                        "touch /tmp/health; sleep 4; rm /tmp/health; sleep 600",
                        liveness("'exec':{'command':['cat','/tmp/health']},'initialDelaySeconds':1")),
                Scene.shellPod(
                        "exec-stays",
                        "touch /tmp/health; sleep 600",
                        liveness("'exec':{'command':['sh','-c','cat /tmp/health && echo probe >> /tmp/count']},"
                                + PATIENTLY)),
                Scene.shellPod(
                        "tcp-stays",
                        "nc -ll -p 8080 -e sh -c \"echo probe >> /tmp/count\"",
                        liveness("'tcpSocket':{'port':8080}," + PATIENTLY)),
                Scene.shellPod(
                        "http-fails",
                        http("sleep 4; rm /www/healthz; sleep 600"),
                        liveness("'httpGet':{'path':'/healthz','port':8080},'initialDelaySeconds':1")),
                Scene.shellPod(
                        "http-stays",
                        http("sleep 600"),
                        liveness("'httpGet':{'path':'/healthz','port':8080}," + PATIENTLY)),
                Scene.shellPod(
                        "http-again",
                        http("sleep 1; rm /www/healthz; sleep 600"),
                        liveness("'httpGet':{'path':'/healthz','port':8080},'initialDelaySeconds':1")),
                Scene.pod("grpc-stays", "", "'containers':[" + grpcServer() + "]"),
                Scene.shellPod("grpc-fails", "sleep 600", liveness("'grpc':{'port':2333},'initialDelaySeconds':2")),
                Scene.shellPod(
                        "ready-late",
                        http("sleep 600"),
                        "'readinessProbe':{'httpGet':{'path':'/healthz','port':8080},'initialDelaySeconds':12,"
                                + EVERY_SECOND + "}"),
                Scene.shellPod(
                        "ready-never",
                        "sleep 600",
                        "'readinessProbe':{'exec':{'command':['sh','-c','echo probe >> /tmp/count; exit 1']},"
                                + EVERY_SECOND + "}")));
    }

    private static String http(String then) {
        return "mkdir /www; echo ok > /www/healthz; httpd -f -vvv -p 8080 -h /www & " + then;
    }

    private static String liveness(String handler) {
        return "'livenessProbe':{" + handler + "," + EVERY_SECOND + "}";
    }

    private static String grpcServer() {
        String script = "mkdir -p /health/grpc.health.v1.Health && printf \\\"" + SERVING.replace("\\", "\\\\")
                + "\\\" > /health/grpc.health.v1.Health/Check && echo \\\"" + NGINX_CONFIG.replace("\\", "\\\\")
                + "\\\" > /tmp/nginx.conf && exec nginx -g \\\"daemon off;\\\" -c /tmp/nginx.conf";
        return "{'name':'c','image':'" + TestCluster.NGINX + "','command':['sh','-c','" + script + "'],"
                + liveness("'grpc':{'port':5000}," + PATIENTLY) + "}";
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("Pod liveness probe, using local file, restart", () -> restarted(scene, "exec-fails")),
                dynamicTest(
                        "Pod liveness probe, using local file, no restart",
                        () -> stays(scene, "exec-stays", "wc -l < /tmp/count")),
                dynamicTest(
                        "Pod liveness probe, using tcp socket, no restart",
                        () -> stays(scene, "tcp-stays", "wc -l < /tmp/count")),
                dynamicTest("Pod liveness probe, using http endpoint, restart", () -> restarted(scene, "http-fails")),
                dynamicTest("Pod liveness probe, using http endpoint, failure", () -> httpStays(scene)),
                dynamicTest("Pod liveness probe, using grpc call, failure", () -> restarted(scene, "grpc-fails")),
                dynamicTest("Pod liveness probe, using grpc call, success", () -> grpcStays(scene)),
                dynamicTest("Pod readiness probe, with initial delay", () -> readyLate(scene)),
                dynamicTest("Pod readiness probe, failure", () -> readyNever(scene)),
                dynamicTest(
                        "Pod liveness probe, using http endpoint, multiple restarts (slow)",
                        () -> restartsGrow(scene)));
    }

    private static void restarted(Scene scene, String pod) {
        Awaitility.await(pod)
                .atMost(Scene.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Integer.parseInt("0" + scene.field(pod, RESTARTS)) >= 1);
    }

    private static void stays(Scene scene, String pod, String count) {
        scene.awaitRunning(pod);
        enough(scene, pod, () -> Integer.parseInt(scene.exec(pod, count + " 2>/dev/null || echo 0")));
    }

    private static void enough(Scene scene, String pod, IntSupplier probes) {
        Awaitility.await(pod)
                .atMost(Scene.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> probes.getAsInt() >= ENOUGH);
        assertEquals("0", scene.field(pod, RESTARTS), () -> scene.must("describe", "pod", pod));
    }

    private static void httpStays(Scene scene) {
        enough(scene, "http-stays", () -> count(scene.must("logs", "http-stays"), "url:/healthz"));
    }

    private static void grpcStays(Scene scene) {
        enough(
                scene,
                "grpc-stays",
                () -> count(scene.must("logs", "grpc-stays"), "POST /grpc.health.v1.Health/Check HTTP/2.0\" 200"));
    }

    private static int count(String text, String part) {
        return (int) text.lines().filter(line -> line.contains(part)).count();
    }

    private static void readyLate(Scene scene) {
        scene.awaitReady("ready-late");
        Instant ready =
                Instant.parse(scene.field("ready-late", ".status.conditions[?(@.type==\"Ready\")].lastTransitionTime"));
        Instant started =
                Instant.parse(scene.field("ready-late", ".status.containerStatuses[0].state.running.startedAt"));
        assertTrue(Duration.between(started, ready).toSeconds() >= 11, started + " to " + ready);
        assertEquals("0", scene.field("ready-late", RESTARTS));
    }

    private static void readyNever(Scene scene) {
        stays(scene, "ready-never", "wc -l < /tmp/count");
        assertEquals("false", scene.field("ready-never", ".status.containerStatuses[0].ready"));
        assertEquals("False", scene.field("ready-never", ".status.conditions[?(@.type==\"Ready\")].status"));
    }

    /// The back-off grows too: three restarts take half a minute.
    private static void restartsGrow(Scene scene) {
        int[] seen = {0};
        Awaitility.await("restarts")
                .atMost(Scene.PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    int now = Integer.parseInt("0" + scene.field("http-again", RESTARTS));
                    assertTrue(now >= seen[0], now + " after " + seen[0]);
                    seen[0] = now;
                    return now >= 3;
                });
    }
}
