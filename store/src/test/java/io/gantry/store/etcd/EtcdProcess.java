package io.gantry.store.etcd;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A real etcd with one member on free loopback ports.
final class EtcdProcess implements AutoCloseable {
    private final Process process;
    private final URI endpoint;

    private EtcdProcess(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static EtcdProcess start(Path directory) throws IOException {
        return start(directory, freePort());
    }

    static EtcdProcess start(Path directory, int port) throws IOException {
        return start(directory, "http://127.0.0.1:" + port, List.of());
    }

    /// With TLS and client certificates: `server.crt`, `server.key` and `ca.crt` of a folder.
    static EtcdProcess startTls(Path directory, Path pki) throws IOException {
        return start(
                directory,
                "https://127.0.0.1:" + freePort(),
                List.of(
                        "--client-cert-auth=true",
                        "--trusted-ca-file=" + pki.resolve("ca.crt"),
                        "--cert-file=" + pki.resolve("server.crt"),
                        "--key-file=" + pki.resolve("server.key")));
    }

    private static EtcdProcess start(Path directory, String client, List<String> more) throws IOException {
        String peer = "http://127.0.0.1:" + freePort();
        Path log = directory.resolve("etcd.log");
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer));
        command.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Files.createDirectories(directory);
        EtcdProcess etcd;
        try {
            etcd = new EtcdProcess(builder.start(), URI.create(client));
        } catch (IOException e) {
            throw new IOException("the etcd tests need the etcd binary: apt-get install etcd-server", e);
        }
        try {
            etcd.awaitListening(log);
        } catch (RuntimeException e) {
            etcd.close();
            throw e;
        }
        return etcd;
    }

    /// On a busy disk a new etcd needs its time.
    private void awaitListening(Path log) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("etcd ended: " + Files.readString(log));
            }
            try (Socket _ = new Socket(endpoint.getHost(), endpoint.getPort())) {
                return true;
            } catch (ConnectException e) {
                return false;
            }
        });
    }

    EtcdOptions options() {
        return EtcdOptions.of(List.of(endpoint));
    }

    int port() {
        return endpoint.getPort();
    }

    /// As a crash does.
    void kill() {
        process.destroyForcibly();
        waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        waitFor();
    }

    private void waitFor() {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("etcd does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Below those that the system gives to connections: nobody takes it before etcd does.
    private static int freePort() throws IOException {
        BindException taken = new BindException("no free port");
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }
}
