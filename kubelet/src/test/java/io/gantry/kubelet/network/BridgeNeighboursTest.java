package io.gantry.kubelet.network;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A node with two pods on its bridge, as network namespaces of their own.
class BridgeNeighboursTest {
    private static final String GATEWAY = "10.244.9.1";
    private static final String OLD = "10.244.9.2";
    private static final String NEW = "10.244.9.3";
    private static final String FORMER = "02:00:00:00:00:01";
    private static final String OF_OLD = "02:00:00:00:00:02";
    private static final String OF_NEW = "02:00:00:00:00:03";

    private final String prefix = "gkn" + ProcessHandle.current().pid();
    private final List<String> namespaces = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(run("id", "-u").equals("0"), "needs root");
        for (String name : List.of("node", "old", "new")) {
            run("ip", "netns", "add", prefix + name);
            namespaces.add(prefix + name);
        }
        ip("node", "link add gantry0 type bridge");
        ip("node", "addr add " + GATEWAY + "/24 dev gantry0");
        ip("node", "link set gantry0 up");
        pod("old", OLD, OF_OLD);
        pod("new", NEW, OF_NEW);
    }

    private void pod(String name, String address, String link) throws Exception {
        ip("node", "link add " + name + " type veth peer name eth0 address " + link + " netns " + prefix + name);
        ip("node", "link set " + name + " master gantry0 up");
        ip(name, "addr add " + address + "/24 dev eth0");
        ip(name, "link set eth0 up");
    }

    @AfterEach
    void end() throws Exception {
        for (String namespace : namespaces) {
            run("ip", "netns", "delete", namespace);
        }
    }

    @Test
    void theNodeAndOtherPodsForgetTheFormerPodOfAnAddress() throws Exception {
        remember("node", "gantry0");
        remember("old", "eth0");
        announce("gantry0");
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("node", "gantry0", NEW, OF_NEW));
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("old", "eth0", NEW, OF_NEW));
        assertEquals("", ip("new", "neigh show nud all to 0.0.0.0"), "the pod took the question for somebody's");
    }

    @Test
    void whereNobodyKnowsTheAddressNothingIsAdded() throws Exception {
        announce("gantry0");
        remember("node", "gantry0");
        announce("gantry0");
        await().atMost(Duration.ofSeconds(10)).until(() -> knows("node", "gantry0", NEW, OF_NEW));
        assertEquals("", ip("old", "neigh show to " + NEW));
    }

    @Test
    void anotherNetworkIsLeftAlone() throws Exception {
        remember("node", "gantry0");
        announce("cni0");
        assertTrue(knows("node", "gantry0", NEW, FORMER));
    }

    /// As a former pod leaves it that was dialled just before; learned long enough ago to be overridden.
    private void remember(String namespace, String device) throws Exception {
        in(namespace, "sh", "-c", "echo 0 > /proc/sys/net/ipv4/neigh/" + device + "/locktime");
        ip(namespace, "neigh replace " + NEW + " lladdr " + FORMER + " nud reachable dev " + device);
    }

    private boolean knows(String namespace, String device, String address, String link) throws Exception {
        return ip(namespace, "neigh show to " + address + " dev " + device).contains(link);
    }

    /// In a process of its own, whose network namespace is the node's.
    private String announce(String bridge) throws Exception {
        return in(
                "node",
                System.getProperty("java.home") + "/bin/java",
                "-Xmx16m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Announce.class.getName(),
                bridge,
                NEW);
    }

    /// Tells the neighbours on a bridge of an address.
    static final class Announce {
        private Announce() {}

        public static void main(String[] args) {
            new BridgeNeighbours(args[0]).learn(List.of(args[1], "fd00::3"));
        }
    }

    private String ip(String namespace, String arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of("ip", "-n", prefix + namespace));
        line.addAll(List.of(arguments.split(" ")));
        return run(line.toArray(String[]::new));
    }

    private String in(String namespace, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("ip", "netns", "exec", prefix + namespace));
        line.addAll(List.of(words));
        return run(line.toArray(String[]::new));
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), () -> String.join(" ", words) + ": " + output);
        return output;
    }
}
