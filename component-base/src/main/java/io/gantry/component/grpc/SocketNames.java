package io.gantry.component.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Names of sockets that a system call takes: of those that are too long for one, another through a link to their
/// folder. A kubelet's folder of ours is longer than upstream's, and drivers have names as long as they like.
/// Thread-safe.
final class SocketNames implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketNames.class);

    /// Linux' `sun_path` without its end.
    private static final int LONGEST = 107;

    private final Map<Path, Path> links = new HashMap<>();
    private Optional<Path> folder = Optional.empty();

    synchronized Path of(Path socket) {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return socket;
        }
        Path parent = socket.toAbsolutePath().getParent();
        return links.computeIfAbsent(parent, this::link).resolve(socket.getFileName());
    }

    private Path link(Path target) {
        try {
            if (folder.isEmpty()) {
                folder = Optional.of(Files.createTempDirectory("gk"));
            }
            return Files.createSymbolicLink(folder.get().resolve(Integer.toString(links.size())), target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public synchronized void close() {
        try {
            for (Path link : links.values()) {
                Files.deleteIfExists(link);
            }
            links.clear();
            if (folder.isPresent()) {
                Files.deleteIfExists(folder.get());
            }
        } catch (IOException failure) {
            LOG.warn("links to folders of sockets are left: {}", failure.getMessage());
        }
        folder = Optional.empty();
    }
}
