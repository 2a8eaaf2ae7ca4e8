package io.gantry.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;

/// Commands and logs over WebSocket, as browsers and other clients without SPDY use them.
final class Streams implements Scenario {
    private static final String POD = "streams";

    @Override
    public void start(Scene scene) {
        scene.create(List.of(Scene.shellPod(POD, "echo container is alive; sleep 600", "")));
    }

    @Override
    public List<DynamicTest> behaviours(Scene scene) {
        return List.of(
                dynamicTest("Pods, remote command execution over websocket", () -> exec(scene)),
                dynamicTest("Pods, logs from websockets", () -> logs(scene)));
    }

    private interface Use {
        void with(Path socket) throws IOException;
    }

    /// Through `kubectl proxy` on a Unix socket: the tests themselves do not run in the machine's network.
    private static void proxied(Scene scene, Use use) throws IOException {
        scene.awaitRunning(POD);
        Path folder = Files.createTempDirectory("gantry-e2e-proxy");
        Path socket = folder.resolve("s");
        Process proxy = scene.kubectl()
                .start(folder.resolve("out"), "proxy", "--unix-socket=" + socket, "--disable-filter=true");
        try {
            Awaitility.await().until(() -> Files.exists(socket));
            use.with(socket);
        } finally {
            proxy.destroy();
        }
    }

    private static String path(Scene scene, String rest) {
        return "/api/v1/namespaces/" + scene.namespace() + "/pods/" + POD + "/" + rest;
    }

    private static void exec(Scene scene) throws IOException {
        proxied(scene, socket -> {
            String path =
                    path(scene, "exec?stderr=1&stdout=1&container=c&command=echo&command=remote%20execution%20test");
            for (String protocol : List.of("channel.k8s.io", "v4.channel.k8s.io", "v5.channel.k8s.io")) {
                List<byte[]> messages = SocketMessages.read(socket, path, protocol);
                StringBuilder out = new StringBuilder();
                for (byte[] message : messages) {
                    if (message.length > 1 && message[0] == 1) {
                        out.append(new String(message, 1, message.length - 1, StandardCharsets.UTF_8));
                    }
                }
                assertEquals("remote execution test\n", out.toString(), protocol);
            }
        });
    }

    private static void logs(Scene scene) throws IOException {
        proxied(scene, socket -> {
            StringBuilder log = new StringBuilder();
            for (byte[] message : SocketMessages.read(socket, path(scene, "log?container=c"), "binary.k8s.io")) {
                log.append(new String(message, StandardCharsets.UTF_8));
            }
            assertEquals("container is alive\n", log.toString());
            List<byte[]> encoded = SocketMessages.read(socket, path(scene, "log?container=c"), "base64.binary.k8s.io");
            assertTrue(!encoded.isEmpty() && encoded.getFirst()[0] != 0);
        });
    }
}
