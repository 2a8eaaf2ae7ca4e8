package io.gantry.kubelet.image;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeImage;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes images that nothing uses when the disk fills (upstream `pkg/kubelet/images/image_gc_manager.go`), the
/// longest unused first. Thread-safe.
public final class ImageGc {
    private static final Logger LOG = LoggerFactory.getLogger(ImageGc.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration YOUNGEST = Duration.ofMinutes(2);

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final Limits limits;
    private final String pauseImage;
    private final PullRecords records;
    private final Map<String, Instant> lastUsed = new HashMap<>();

    /// When images go, and how many.
    ///
    /// @param highPercent of the disk in use from which on they go
    /// @param lowPercent of the disk in use down to which they go; at most `highPercent`
    /// @param enoughBytes free space with which they stay, however full a large disk is
    public record Limits(int highPercent, int lowPercent, long enoughBytes) {
        /// @throws IllegalArgumentException naming the flag that does not fit
        public Limits {
            if (highPercent < 0 || highPercent > 100) {
                throw new IllegalArgumentException("--image-gc-high-threshold must be 0 to 100, not " + highPercent);
            }
            if (lowPercent < 0 || lowPercent > highPercent) {
                throw new IllegalArgumentException("--image-gc-low-threshold must be 0 to --image-gc-high-threshold ("
                        + highPercent + "), not " + lowPercent);
            }
        }

        /// @return bytes to free, 0 when none
        long toFree(long total, long free) {
            long kept = total / 100 * (100 - highPercent);
            if (highPercent == 100 || free > Math.min(kept, enoughBytes)) {
                return 0;
            }
            double share = Math.min(1, (double) enoughBytes / Math.max(1, kept));
            return Math.max(0, (long) (share * (total / 100 * (100 - lowPercent))) - free);
        }
    }

    public ImageGc(ContainerRuntime runtime, Limits limits, String pauseImage, PullRecords records, Clock clock) {
        this.runtime = runtime;
        this.limits = limits;
        this.pauseImage = pauseImage;
        this.records = records;
        this.clock = clock;
    }

    public void start(CountDownLatch closed) {
        Thread.ofVirtual().name("image-gc").start(() -> {
            try {
                while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    collect();
                }
            } catch (InterruptedException stopped) {
                LOG.debug("image collection stopped");
            }
        });
    }

    private synchronized void collect() {
        try {
            Path mount = Path.of(runtime.imageFilesystem().mountPoint());
            if (!Files.exists(mount)) {
                return;
            }
            FileStore disk = Files.getFileStore(mount);
            remove(limits.toFree(disk.getTotalSpace(), disk.getUsableSpace()));
        } catch (IOException | RuntimeFailure failure) {
            LOG.warn("images not collected: {}", failure.getMessage());
        }
    }

    /// Removes all images that nothing has used for a while: the disk is short.
    public synchronized void removeUnused() {
        try {
            remove(Long.MAX_VALUE);
        } catch (RuntimeFailure failure) {
            LOG.warn("images not removed: {}", failure.getMessage());
        }
    }

    private void remove(long bytes) {
        Instant began = clock.instant();
        List<RuntimeImage> images = runtime.images();
        Set<String> stay = images.stream().map(RuntimeImage::id).collect(Collectors.toCollection(HashSet::new));
        for (RuntimeImage image : select(images, inUse(), bytes)) {
            LOG.info("removing image {} {}", image.id(), image.tags());
            runtime.removeImage(image.id());
            stay.remove(image.id());
        }
        records.prune(stay, began);
    }

    private Set<String> inUse() {
        Set<String> used = new HashSet<>();
        for (RuntimeContainer container : runtime.containers("")) {
            used.add(container.image());
            used.add(container.imageRef());
        }
        return used;
    }

    /// Which images to remove to free so many bytes; remembers when each was last used.
    List<RuntimeImage> select(List<RuntimeImage> images, Set<String> inUse, long bytes) {
        Instant now = clock.instant();
        for (RuntimeImage image : images) {
            boolean used = inUse.contains(image.id())
                    || image.tags().stream().anyMatch(inUse::contains)
                    || image.digests().stream().anyMatch(inUse::contains);
            if (used || image.pinned() || image.tags().contains(pauseImage)) {
                lastUsed.put(image.id(), now);
            } else {
                lastUsed.putIfAbsent(image.id(), now);
            }
        }
        List<RuntimeImage> oldest = images.stream()
                .filter(i -> Duration.between(lastUsed.getOrDefault(i.id(), now), now)
                                .compareTo(YOUNGEST)
                        >= 0)
                .sorted(Comparator.comparing(i -> lastUsed.getOrDefault(i.id(), now)))
                .toList();
        long freed = 0;
        int count = 0;
        while (count < oldest.size() && freed < bytes) {
            freed += oldest.get(count).sizeBytes();
            count++;
        }
        return oldest.subList(0, count);
    }
}
