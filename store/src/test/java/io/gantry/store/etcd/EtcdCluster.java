package io.gantry.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// A real etcd of one or several members on free loopback ports.
public final class EtcdCluster implements AutoCloseable {
    private record Member(String name, Path directory, String client, String peer) {}

    private final List<Member> members;
    private final List<String> options;
    private final List<EtcdProcess> processes = new ArrayList<>();

    private EtcdCluster(List<Member> members, List<String> options) {
        this.members = List.copyOf(members);
        this.options = List.copyOf(options);
    }

    /// A cluster that serves.
    public static EtcdCluster start(Path directory, int count) throws IOException {
        return start(directory, count, "http", List.of());
    }

    /// One member with TLS and client certificates: `server.crt`, `server.key` and `ca.crt` of a folder.
    static EtcdCluster startTls(Path directory, Path pki) throws IOException {
        return start(
                directory,
                1,
                "https",
                List.of(
                        "--client-cert-auth=true",
                        "--trusted-ca-file=" + pki.resolve("ca.crt"),
                        "--cert-file=" + pki.resolve("server.crt"),
                        "--key-file=" + pki.resolve("server.key")));
    }

    private static EtcdCluster start(Path directory, int count, String scheme, List<String> options)
            throws IOException {
        List<Integer> ports = freePorts(2 * count);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new Member(
                    "m" + i,
                    directory.resolve("etcd-" + i),
                    scheme + "://127.0.0.1:" + ports.get(2 * i),
                    "http://127.0.0.1:" + ports.get(2 * i + 1)));
        }
        EtcdCluster cluster = new EtcdCluster(members, options);
        try {
            cluster.start();
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void start() throws IOException {
        for (Member member : members) {
            processes.add(run(member));
        }
        for (EtcdProcess process : processes) {
            process.awaitReady();
        }
    }

    private EtcdProcess run(Member member) throws IOException {
        Files.createDirectories(member.directory());
        String cluster = members.stream().map(m -> m.name() + "=" + m.peer()).collect(Collectors.joining(","));
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=" + member.name(),
                "--data-dir=" + member.directory().resolve("data"),
                "--listen-client-urls=" + member.client(),
                "--advertise-client-urls=" + member.client(),
                "--listen-peer-urls=" + member.peer(),
                "--initial-advertise-peer-urls=" + member.peer(),
                "--initial-cluster=" + cluster));
        command.addAll(options);
        return EtcdProcess.start(command, member.directory().resolve("log"));
    }

    /// Nobody compacts unless a test says so.
    public EtcdOptions options() {
        return new EtcdOptions(
                members.stream().map(m -> URI.create(m.client())).toList(), Optional.empty(), Duration.ZERO);
    }

    /// As a crash does.
    public void kill(int member) {
        processes.get(member).close();
    }

    /// Where it was, with what it had; blocks until it serves.
    public void restart(int member) throws IOException {
        processes.set(member, run(members.get(member)));
        processes.get(member).awaitReady();
    }

    /// The member that leads, asked through etcdctl; empty while none does.
    public OptionalInt leader() throws IOException, InterruptedException {
        for (int i = 0; i < members.size(); i++) {
            Process status = new ProcessBuilder(
                            "etcdctl", "--endpoints=" + members.get(i).client(), "endpoint", "status", "-w", "simple")
                    .redirectErrorStream(true)
                    .start();
            String line = new String(status.getInputStream().readAllBytes(), UTF_8);
            status.waitFor();
            // endpoint, id, version, size, leader, learner, …
            String[] fields = line.split(", ");
            if (fields.length > 4 && fields[4].equals("true")) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        processes.forEach(EtcdProcess::close);
    }

    /// Below those that the system gives to connections: nobody takes them before etcd does.
    private static List<Integer> freePorts(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
