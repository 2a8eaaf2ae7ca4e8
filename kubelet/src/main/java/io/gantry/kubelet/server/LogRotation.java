package io.gantry.kubelet.server;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps container logs to five files of ten megabytes (upstream `pkg/kubelet/logs`): a full log is renamed and the
/// runtime opens a new one; where it does not, the log has its name back. One virtual thread.
public final class LogRotation {
    private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long MAX_BYTES = 10L << 20;
    private static final int MAX_FILES = 5;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /// Those who write logs.
    interface Writers {
        /// The id of the running container whose log this is.
        Optional<String> of(Path log);

        /// Makes a container's log anew.
        ///
        /// @throws RuntimeFailure where it still writes to the old one
        void reopen(String id);
    }

    private final Path logs;
    private final Writers writers;
    private final Clock clock;

    /// @param logs root of the pods' logs
    public LogRotation(Path logs, ContainerRuntime runtime, Clock clock) {
        this(logs, writers(runtime), clock);
    }

    LogRotation(Path logs, Writers writers, Clock clock) {
        this.logs = logs;
        this.writers = writers;
        this.clock = clock;
    }

    private static Writers writers(ContainerRuntime runtime) {
        return new Writers() {
            @Override
            public Optional<String> of(Path log) {
                return runtime.containers("").stream()
                        .filter(RuntimeContainer::running)
                        .map(RuntimeContainer::id)
                        .filter(id -> runtime.container(id)
                                .filter(c -> c.logPath().equals(log.toString()))
                                .isPresent())
                        .findFirst();
            }

            @Override
            public void reopen(String id) {
                runtime.reopenLog(id);
            }
        };
    }

    public void start(CountDownLatch closed) {
        Thread.ofVirtual().name("log-rotation").start(() -> {
            try {
                while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                    rotateAll();
                }
            } catch (InterruptedException stopped) {
                LOG.debug("log rotation stopped");
            }
        });
    }

    void rotateAll() {
        if (!Files.isDirectory(logs)) {
            return;
        }
        try (Stream<Path> files = Files.walk(logs, 3)) {
            List<Path> full = files.filter(f -> f.toString().endsWith(".log") && size(f) > MAX_BYTES)
                    .toList();
            for (Path file : full) {
                rotate(file);
            }
        } catch (IOException | UncheckedIOException | RuntimeFailure failure) {
            LOG.warn("logs not rotated: {}", failure.getMessage());
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private void rotate(Path file) throws IOException {
        Optional<String> writer = writers.of(file);
        if (writer.isEmpty()) {
            return;
        }
        Path renamed = file.resolveSibling(
                file.getFileName() + "." + STAMP.format(clock.instant().atOffset(ZoneOffset.UTC)));
        Files.move(file, renamed);
        try {
            writers.reopen(writer.get());
        } catch (RuntimeFailure failure) {
            Files.move(renamed, file);
            throw failure;
        }
        removeOldest(file);
    }

    private static void removeOldest(Path file) throws IOException {
        String prefix = file.getFileName() + ".";
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            List<Path> rotated = siblings.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path old : rotated.subList(Math.min(rotated.size(), MAX_FILES - 1), rotated.size())) {
                Files.delete(old);
            }
        }
    }
}
