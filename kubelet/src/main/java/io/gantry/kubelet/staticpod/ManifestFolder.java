package io.gantry.kubelet.staticpod;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.PodIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Reads static pods from a folder, again and again (upstream's `fileCheckFrequency`). One owner thread.
public final class ManifestFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestFolder.class);
    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final long MAX_BYTES = 1 << 20;

    /// What is told of changes; called on the folder's thread.
    public interface Listener {
        void added(Pod pod);

        void removed(Pod pod);
    }

    private final Path folder;
    private final String node;
    private final Listener listener;
    private Map<String, Pod> known = Map.of();

    public ManifestFolder(Path folder, String node, Listener listener) {
        this.folder = folder;
        this.node = node;
        this.listener = listener;
    }

    /// Reads once, then on a thread of its own until stopped.
    public void start(CountDownLatch stopped) {
        scan();
        Thread.ofVirtual().name("manifests").start(() -> {
            try {
                while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    scan();
                }
            } catch (InterruptedException stopping) {
                LOG.debug("stopped", stopping);
            }
        });
    }

    /// Tells what is new and what has gone since the last time. A file that cannot be read keeps its pod.
    void scan() {
        Map<String, Pod> now = new HashMap<>();
        try {
            for (Path file : files()) {
                String name = file.getFileName().toString();
                try {
                    if (Files.size(file) <= MAX_BYTES) {
                        now.put(name, StaticPods.of(Files.readAllBytes(file), name, node));
                    }
                } catch (IOException | StatusException | JacksonException | IllegalArgumentException bad) {
                    LOG.warn("manifest {} is no pod: {}", file, bad.getMessage());
                    if (known.containsKey(name)) {
                        now.put(name, known.get(name));
                    }
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("manifests in {} cannot be read: {}", folder, unreadable.getMessage());
            return;
        }
        Map<String, Pod> before = known;
        known = now;
        before.forEach((name, pod) -> {
            if (!now.containsKey(name) || !uid(now.get(name)).equals(uid(pod))) {
                listener.removed(pod);
            }
        });
        now.forEach((name, pod) -> {
            if (!before.containsKey(name) || !uid(before.get(name)).equals(uid(pod))) {
                listener.added(pod);
            }
        });
    }

    private static String uid(Pod pod) {
        return PodIdentity.of(pod).uid();
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> Files.isRegularFile(f)
                            && !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
