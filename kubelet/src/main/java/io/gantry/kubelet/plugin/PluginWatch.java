package io.gantry.kubelet.plugin;

import io.gantry.component.grpc.UnixSockets;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the folder in which plugins put their sockets, and has each registered as long as its socket is there. One
/// inotify watch and one virtual thread; anything else begins with the first plugin.
public final class PluginWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);

    private record Known(String identity, PluginLife life) {}

    private final Path folder;
    private final Registration registration;
    private final WatchService watch;
    private final Map<Path, Known> known = new HashMap<>();

    /// @param handlers by the type of plugin, e.g. `CSIPlugin`; others are refused by name
    public PluginWatch(Path folder, UnixSockets sockets, Map<String, PluginHandler> handlers) throws IOException {
        this.folder = folder;
        this.registration = new Registration(sockets, handlers);
        Files.createDirectories(folder);
        this.watch = folder.getFileSystem().newWatchService();
    }

    /// Begins; returns at once.
    public PluginWatch start() {
        Thread.ofVirtual().name("plugins").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (true) {
                look();
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException closing) {
            LOG.debug("plugins are no longer watched");
        } catch (IOException failure) {
            LOG.error("plugins in {} are no longer watched", folder, failure);
        } finally {
            known.values().forEach(plugin -> plugin.life().leave());
        }
    }

    /// Watched before it is read: what comes in between is told of. Watching twice is watching once.
    private void look() throws IOException {
        PluginSockets now;
        PluginSockets after = new PluginSockets(Set.of(folder), Map.of());
        do {
            now = after;
            for (Path each : now.folders()) {
                each.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
            }
            after = PluginSockets.in(folder);
        } while (!now.folders().equals(after.folders()));
        apply(after.sockets());
    }

    private void apply(Map<Path, String> sockets) {
        known.forEach((path, plugin) -> {
            if (!plugin.identity().equals(sockets.get(path))) {
                plugin.life().end();
            }
        });
        known.keySet().removeIf(path -> !sockets.containsKey(path));
        sockets.forEach((path, identity) -> {
            Optional<Known> before = Optional.ofNullable(known.get(path));
            if (before.isEmpty() || !Objects.equals(before.get().identity(), identity)) {
                known.put(
                        path, new Known(identity, new PluginLife(path, registration, before.map(Known::life)).start()));
            }
        });
    }

    /// Stops looking; what is registered stays so.
    @Override
    public void close() throws IOException {
        watch.close();
    }
}
