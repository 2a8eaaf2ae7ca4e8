package io.gantry.kubelet.podresources;

import io.gantry.component.grpc.UnixSockets;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Serves what pods have at `pod-resources/kubelet.sock` below the kubelet's folder, to agents of this node.
/// Thread-safe.
public final class NodePodResources implements AutoCloseable {
    private static final String SOCKET = "kubelet.sock";

    private final UnixSockets sockets = new UnixSockets("pod-resources");
    private final Path folder;
    private final PodResourcesService service;
    private final CallRate rate;
    private Optional<Server> server = Optional.empty();

    /// @param root the kubelet's folder
    public NodePodResources(Path root, PodResourceSources sources, Clock clock) {
        this.folder = root.resolve("pod-resources");
        this.service = new PodResourcesService(sources);
        this.rate = new CallRate(clock);
    }

    /// Returns when it serves.
    public synchronized void start() throws IOException {
        Files.createDirectories(folder);
        Path socket = folder.resolve(SOCKET);
        Files.deleteIfExists(socket);
        server = Optional.of(sockets.serve(
                socket,
                ServerInterceptors.intercept(service, rate),
                ServerInterceptors.intercept(service.alpha(), rate)));
    }

    /// Prometheus text.
    public String metrics() {
        return service.metrics();
    }

    @Override
    public synchronized void close() {
        server.ifPresent(Server::shutdownNow);
        sockets.close();
    }
}
