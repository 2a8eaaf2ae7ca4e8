package io.gantry.apiserver.stores;

import io.gantry.store.etcd.EtcdOptions;
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
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A real etcd of one or several members on free loopback ports.
final class EtcdCluster implements AutoCloseable {
    private record Member(String name, Path directory, int clientPort, int peerPort) {
        String client() {
            return "http://127.0.0.1:" + clientPort;
        }

        String peer() {
            return "http://127.0.0.1:" + peerPort;
        }
    }

    private final List<Member> members;
    private final List<Process> processes = new ArrayList<>();

    private EtcdCluster(List<Member> members) throws IOException {
        this.members = List.copyOf(members);
        for (Member member : members) {
            processes.add(run(member));
        }
    }

    static EtcdCluster start(Path directory, int count) throws IOException {
        List<Integer> ports = freePorts(2 * count);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(new Member("m" + i, directory.resolve("etcd-" + i), ports.get(2 * i), ports.get(2 * i + 1)));
        }
        return new EtcdCluster(members);
    }

    private Process run(Member member) throws IOException {
        Files.createDirectories(member.directory());
        String cluster = members.stream().map(m -> m.name() + "=" + m.peer()).collect(Collectors.joining(","));
        return new ProcessBuilder(
                        "etcd",
                        "--name=" + member.name(),
                        "--data-dir=" + member.directory().resolve("data"),
                        "--listen-client-urls=" + member.client(),
                        "--advertise-client-urls=" + member.client(),
                        "--listen-peer-urls=" + member.peer(),
                        "--initial-advertise-peer-urls=" + member.peer(),
                        "--initial-cluster=" + cluster)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        member.directory().resolve("log").toFile()))
                .start();
    }

    EtcdOptions options() {
        return new EtcdOptions(
                members.stream().map(m -> URI.create(m.client())).toList(), Optional.empty(), Duration.ZERO);
    }

    /// As a crash does.
    void kill(int member) {
        end(processes.get(member));
    }

    void restart(int member) throws IOException {
        processes.set(member, run(members.get(member)));
    }

    /// The member that leads, asked through etcdctl.
    int leader() throws IOException, InterruptedException {
        for (int i = 0; i < members.size(); i++) {
            Process status = new ProcessBuilder(
                            "etcdctl", "--endpoints=" + members.get(i).client(), "endpoint", "status", "-w", "simple")
                    .redirectErrorStream(true)
                    .start();
            String line = new String(status.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            status.waitFor();
            // endpoint, id, version, size, leader, learner, …
            String[] fields = line.split(", ");
            if (fields.length > 4 && fields[4].equals("true")) {
                return i;
            }
        }
        throw new IOException("no member leads");
    }

    @Override
    public void close() {
        processes.forEach(EtcdCluster::end);
    }

    private static void end(Process process) {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("etcd does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
