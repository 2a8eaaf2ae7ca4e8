package io.gantry.kubeproxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node with two pods and a client outside, as network namespaces of their own:
/// pods 10.244.1.2 and 10.244.1.3 on the node's bridge (10.244.1.1), the client 192.0.2.2 beside the node (192.0.2.1).
final class TestNetwork implements AutoCloseable {
    private static final Command HOST = new Command(List.of());

    private final String prefix = "gkp" + ProcessHandle.current().pid();
    private final List<Process> servers = new ArrayList<>();

    TestNetwork() throws IOException {
        for (String name : List.of("node", "pod2", "pod3", "client")) {
            HOST.run("", "ip", "netns", "add", namespace(name));
            ip(name, "link set lo up");
        }
        ip("node", "link add cni0 type bridge");
        ip("node", "addr add 10.244.1.1/24 dev cni0");
        ip("node", "link set cni0 up");
        pod("pod2", "10.244.1.2");
        pod("pod3", "10.244.1.3");
        ip("node", "link add out type veth peer name eth0 netns " + namespace("client"));
        ip("node", "addr add 192.0.2.1/24 dev out");
        ip("node", "link set out up");
        ip("client", "addr add 192.0.2.2/24 dev eth0");
        ip("client", "link set eth0 up");
        ip("client", "route add default via 192.0.2.1");
        ip("node", "route add default via 192.0.2.2");
        in("node")
                .run(
                        "",
                        "sh",
                        "-c",
                        "echo 1 > /proc/sys/net/ipv4/ip_forward;"
                                + "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet;"
                                + "echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables");
    }

    private void pod(String name, String address) throws IOException {
        ip("node", "link add " + name + " type veth peer name eth0 netns " + namespace(name));
        ip("node", "link set " + name + " master cni0 up");
        // As the CNI bridge plugin does with hairpinMode: with bridge-nf-call-iptables a pod that reaches itself by a
        // service is sent back out of the port it came in by.
        ip("node", "link set " + name + " type bridge_slave hairpin on");
        ip(name, "addr add " + address + "/24 dev eth0");
        ip(name, "link set eth0 up");
        ip(name, "route add default via 10.244.1.1");
    }

    /// Runs in the namespace of `node`, `pod2`, `pod3` or `client`.
    Command in(String name) {
        return new Command(List.of("ip", "netns", "exec", namespace(name)));
    }

    /// One more address of the client, as of a machine that the node's default route leads to.
    void addToClient(String address) throws IOException {
        ip("client", "addr add " + address + "/32 dev lo");
    }

    /// A TCP server in the pod that answers each connection with its name.
    void serveTcp(String pod, int port) throws IOException {
        start(pod, "busybox", "nc", "-ll", "-p", Integer.toString(port), "-e", "/bin/busybox", "echo", pod);
    }

    /// A UDP server in the pod that answers each packet with its name.
    void serveUdp(String pod, int port) throws IOException {
        start(
                pod,
                System.getProperty("java.home") + "/bin/java",
                "-Xshare:auto",
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                UdpProgram.class.getName(),
                "serve",
                Integer.toString(port),
                pod);
    }

    private void start(String namespace, String... words) throws IOException {
        List<String> line = new ArrayList<>(in(namespace).prefix());
        line.addAll(List.of(words));
        servers.add(new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /// What a TCP server answers; `refused` or `no answer` when none does.
    String askTcp(String from, String address, int port) throws IOException {
        String answer = in(from).run(
                        "",
                        "sh",
                        "-c",
                        "busybox timeout 2 busybox nc -w 2 " + address + " " + port + " </dev/null 2>&1 || true");
        if (answer.contains("refused")) {
            return "refused";
        }
        return answer.startsWith("pod") || answer.startsWith("client") ? answer.strip() : "no answer";
    }

    /// What a UDP server answers.
    String askUdp(String from, String address, int port) throws IOException {
        return askUdp(from, address, port, 0);
    }

    /// What a UDP server answers to a client that always sends from one port.
    String askUdp(String from, String address, int port, int fromPort) throws IOException {
        return java(from, UdpProgram.class, "ask", Integer.toString(port), address, Integer.toString(fromPort));
    }

    /// What a program of this class path prints.
    String java(String from, Class<?> program, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx16m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        words.addAll(List.of(arguments));
        return in(from).run("", words.toArray(String[]::new)).strip();
    }

    private void ip(String namespace, String arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("ip"));
        words.addAll(List.of(arguments.split(" ")));
        in(namespace).run("", words.toArray(String[]::new));
    }

    private String namespace(String name) {
        return prefix + name;
    }

    /// Whether this host allows it: root, with the tools.
    static boolean possible() {
        try {
            String user = HOST.run("", "id", "-u").strip();
            HOST.run("", "nft", "--version");
            HOST.run("", "busybox", "true");
            HOST.run("", "ip", "netns", "list");
            return user.equals("0");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        servers.forEach(server -> server.descendants().forEach(ProcessHandle::destroyForcibly));
        servers.forEach(Process::destroyForcibly);
        for (String name : Map.of("node", 0, "pod2", 0, "pod3", 0, "client", 0).keySet()) {
            HOST.run("", "ip", "netns", "del", namespace(name));
        }
    }
}
