package io.gantry.benchmarks.self;

import io.gantry.benchmarks.measure.ProcessUse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// An etcd of this machine's package, started for a measurement.
final class EtcdServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ChildProcess process;
    private final InetSocketAddress address;

    private EtcdServer(ChildProcess process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /// Empty when there is no etcd on this machine.
    static Optional<EtcdServer> start(Path directory) throws IOException {
        int client = ChildProcess.freePort();
        int peer = ChildProcess.freePort();
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", client);
        ChildProcess process;
        try {
            process = ChildProcess.start(
                    directory.resolve("etcd.log"),
                    List.of(
                            "etcd",
                            "--data-dir=" + directory.resolve("etcd"),
                            "--listen-client-urls=http://127.0.0.1:" + client,
                            "--advertise-client-urls=http://127.0.0.1:" + client,
                            "--listen-peer-urls=http://127.0.0.1:" + peer));
        } catch (IOException e) {
            System.err.println("no etcd to compare with: " + e.getMessage());
            return Optional.empty();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (Socket probe = new Socket()) {
                probe.connect(address);
                return Optional.of(new EtcdServer(process, address));
            } catch (IOException e) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        process.close();
        throw new IOException("etcd does not start: see " + directory.resolve("etcd.log"));
    }

    InetSocketAddress address() {
        return address;
    }

    ProcessUse use() {
        return process.use();
    }

    @Override
    public void close() {
        process.close();
    }
}
