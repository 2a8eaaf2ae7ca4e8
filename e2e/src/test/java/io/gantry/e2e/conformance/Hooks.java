package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Hooks after the start and before the stop, seen by a server that logs what it is asked.
final class Hooks implements Scenario {
    private static final String SERVER = "hook-server";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(Scene.shellPod(
                SERVER,
                "mkdir /www; for f in start-exec start-http stop-exec stop-http; do echo ok > /www/$f; done;"
                        + " httpd -f -vvv -p 8080 -h /www",
                "")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        scene.awaitReady(SERVER);
        String ip = scene.field(SERVER, ".status.podIP");
        scene.create(List.of(
                hooked("start-exec", "postStart", command(ip, "start-exec")),
                hooked("start-http", "postStart", http(ip, "start-http")),
                hooked("stop-exec", "preStop", command(ip, "stop-exec")),
                hooked("stop-http", "preStop", http(ip, "stop-http"))));
        for (String pod : List.of("stop-exec", "stop-http")) {
            scene.awaitRunning(pod);
            scene.must("delete", "pod", pod, "--wait=false");
        }
        return List.of(
                asked(scene, "Pod Lifecycle, post start exec hook", "start-exec"),
                asked(scene, "Pod Lifecycle, post start http hook", "start-http"),
                asked(scene, "Pod Lifecycle, prestop exec hook", "stop-exec"),
                asked(scene, "Pod Lifecycle, prestop http hook", "stop-http"),
                asked(scene, "Pods, prestop hook", "stop-exec"));
    }

    private static String command(String ip, String path) {
        return "'exec':{'command':['sh','-c','wget -q -O - http://" + ip + ":8080/" + path + "']}";
    }

    private static String http(String ip, String path) {
        return "'httpGet':{'host':'" + ip + "','port':8080,'path':'/" + path + "'}";
    }

    private static String hooked(String name, String when, String handler) {
        return Scene.pod(
                name,
                "",
                "'terminationGracePeriodSeconds':8,'containers':["
                        + Scene.shell("c", "sleep 600", "'lifecycle':{'" + when + "':{" + handler + "}}") + "]");
    }

    private static DynamicTest asked(Scene scene, String line, String path) {
        return dynamicTest(line, () -> scene.awaitPart(line, () -> scene.must("logs", SERVER), "url:/" + path));
    }
}
