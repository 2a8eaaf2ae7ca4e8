package io.gantry.kubeproxy.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.kubeproxy.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two nodes with a router between them that knows nothing of pods, as network namespaces (needs root): node `a` is
/// 10.1.0.1 with a pod 10.244.1.2, node `b` is 10.2.0.1 with a pod 10.244.2.2.
final class OverlayNetworkTest {
    private static final Command HOST = new Command(List.of());
    private static final List<String> NAMES = List.of("a", "b", "router", "poda", "podb");

    private final String prefix = "gov" + ProcessHandle.current().pid();
    private final List<Process> servers = new ArrayList<>();

    @BeforeEach
    void wire() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "network namespaces need root");
        for (String name : NAMES) {
            HOST.run("", "ip", "netns", "add", prefix + name);
            ip(name, "link set lo up");
        }
        in("router").run("", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        node("a", 1);
        node("b", 2);
    }

    private void node(String name, int number) throws IOException {
        in(name).run("", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        ip(name, "link add eth0 type veth peer name to-" + name + " netns " + prefix + "router");
        ip(name, "addr add 10." + number + ".0.1/24 dev eth0");
        ip(name, "link set eth0 up");
        ip("router", "addr add 10." + number + ".0.254/24 dev to-" + name);
        ip("router", "link set to-" + name + " up");
        ip(name, "route add default via 10." + number + ".0.254");
        ip(name, "link add pod type veth peer name eth0 netns " + prefix + "pod" + name);
        ip(name, "addr add 10.244." + number + ".1/24 dev pod");
        ip(name, "link set pod up");
        ip("pod" + name, "addr add 10.244." + number + ".2/24 dev eth0");
        ip("pod" + name, "link set eth0 up");
        ip("pod" + name, "route add default via 10.244." + number + ".1");
    }

    @AfterEach
    void unwire() throws IOException {
        for (Process server : servers) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
        for (String name : NAMES) {
            HOST.tryAll("", "ip", "netns", "del", prefix + name);
        }
    }

    @Test
    void podsBeyondARouterAreReachedThroughTheOverlay() throws IOException {
        PodNetwork a = new PodNetwork(in("a"), OverlayMode.AUTO);
        PodNetwork b = new PodNetwork(in("b"), OverlayMode.AUTO);
        assertTrue(a.apply(wanted(1, 2)));
        assertTrue(b.apply(wanted(2, 1)));
        assertTrue(pings("poda", "10.244.2.2"), "pod to pod");
        assertTrue(pings("a", "10.244.2.2"), "node to pod");
        assertEquals(2_000_000, transferred("poda", "podb", "10.244.2.2"), "more than fits into one packet");

        PodNetwork anew = new PodNetwork(in("a"), OverlayMode.AUTO);
        String before = in("a").run("", "ip", "-o", "link", "show", "dev", OverlayDevice.NAME);
        assertTrue(anew.apply(wanted(1, 2)));
        assertEquals(before, in("a").run("", "ip", "-o", "link", "show", "dev", OverlayDevice.NAME), "kept");

        assertTrue(anew.apply(new PodNetwork.Wanted("10.1.0.1", "10.244.1.0/24", new TreeMap<>())));
        assertFalse(pings("poda", "10.244.2.2"), "the other node is gone");
        assertEquals("", in("a").run("", "ip", "-o", "link", "show", "type", "vxlan"));
        assertFalse(in("a").run("", "nft", "list", "tables").contains("gantry-overlay"));
        b.remove();
        assertEquals("", in("b").run("", "ip", "-o", "link", "show", "type", "vxlan"));
    }

    @Test
    void aNodeThatMovesIsFollowed() throws IOException {
        PodNetwork a = new PodNetwork(in("a"), OverlayMode.AUTO);
        SortedMap<String, String> elsewhere = new TreeMap<>(Map.of("10.244.2.0/24", "10.2.0.9"));
        assertTrue(a.apply(new PodNetwork.Wanted("10.1.0.1", "10.244.1.0/24", elsewhere)));
        assertTrue(new PodNetwork(in("b"), OverlayMode.AUTO).apply(wanted(2, 1)));
        assertFalse(pings("poda", "10.244.2.2"));
        assertTrue(a.apply(wanted(1, 2)));
        assertTrue(pings("poda", "10.244.2.2"));
        assertFalse(in("a").run("", "bridge", "fdb", "show", "dev", OverlayDevice.NAME)
                .contains("10.2.0.9"));
    }

    @Test
    void routesThatWentWithALinkAreMadeAgain() throws IOException {
        PodNetwork a = new PodNetwork(in("a"), OverlayMode.AUTO);
        assertTrue(a.apply(wanted(1, 2)));
        assertTrue(a.isIntact());
        ip("a", "link set " + OverlayDevice.NAME + " down");
        assertFalse(a.isIntact());
        assertTrue(a.apply(wanted(1, 2)));
        assertTrue(a.isIntact());
        assertTrue(new PodNetwork(in("b"), OverlayMode.AUTO).apply(wanted(2, 1)));
        assertTrue(pings("poda", "10.244.2.2"));
    }

    @Test
    void theRuleForLargePacketsIsWrittenAgain() throws IOException {
        PodNetwork a = new PodNetwork(in("a"), OverlayMode.AUTO);
        assertTrue(a.apply(wanted(1, 2)));
        in("a").run("", "nft", "flush", "ruleset");
        a.doubt();
        assertTrue(a.apply(wanted(1, 2)));
        assertTrue(in("a").run("", "nft", "list", "tables").contains("gantry-overlay"));
    }

    @Test
    void withoutTheOverlayTheWayIsMissing() throws IOException {
        assertFalse(new PodNetwork(in("a"), OverlayMode.NEVER).apply(wanted(1, 2)));
        assertEquals("", in("a").run("", "ip", "route", "show", "10.244.2.0/24"));
    }

    /// The node's own address and range come with its registration.
    @Test
    void aNodeThatIsNotKnownYetWaits() throws IOException {
        PodNetwork a = new PodNetwork(in("a"), OverlayMode.AUTO);
        assertFalse(a.apply(new PodNetwork.Wanted("", "", wanted(1, 2).others())));
        assertTrue(a.apply(wanted(1, 2)));
    }

    private static PodNetwork.Wanted wanted(int self, int other) {
        return new PodNetwork.Wanted(
                "10." + self + ".0.1",
                "10.244." + self + ".0/24",
                new TreeMap<>(Map.of("10.244." + other + ".0/24", "10." + other + ".0.1")));
    }

    private boolean pings(String from, String address) throws IOException {
        return in(from).tryAll("", "busybox", "ping", "-c", "3", "-A", "-W", "1", address)
                .contains("bytes from");
    }

    private int transferred(String from, String to, String address) throws IOException {
        List<String> serve = new ArrayList<>(in(to).prefix());
        serve.addAll(List.of(
                "busybox", "nc", "-ll", "-p", "8080", "-e", "/bin/busybox", "head", "-c", "2000000", "/dev/zero"));
        servers.add(new ProcessBuilder(serve)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        in(to).run(
                        "",
                        "sh",
                        "-c",
                        "for i in $(seq 100); do busybox netstat -ltn | grep -q :8080 && exit 0; sleep 0.05; done; exit 1");
        return in(from).tryAll("", "busybox", "timeout", "10", "busybox", "nc", address, "8080")
                .length();
    }

    private Command in(String name) {
        return new Command(List.of("ip", "netns", "exec", prefix + name));
    }

    private void ip(String namespace, String arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip"));
        words.addAll(List.of(arguments.split(" ")));
        in(namespace).run("", words.toArray(String[]::new));
    }
}
