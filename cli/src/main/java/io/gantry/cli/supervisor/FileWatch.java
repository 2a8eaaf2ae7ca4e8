package io.gantry.cli.supervisor;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.function.Consumer;

/// Tells whether a file exists, at first and whenever that changes. The kernel says so; nothing is polled.
final class FileWatch implements AutoCloseable {
    private final Path file;
    private final Consumer<Boolean> exists;
    private final WatchService watch;

    /// @param file whose folder is made when there is none
    /// @param exists is told, first before this constructor ends
    FileWatch(Path file, Consumer<Boolean> exists) throws IOException {
        this.file = file;
        this.exists = exists;
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        this.watch = FileSystems.getDefault().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        exists.accept(Files.exists(file));
        Thread.ofPlatform().daemon().name("watch-" + file.getFileName()).start(this::run);
    }

    private void run() {
        try {
            boolean valid = true;
            while (valid) {
                WatchKey key = watch.take();
                boolean concerned = key.pollEvents().stream()
                        .anyMatch(event -> event.kind().equals(StandardWatchEventKinds.OVERFLOW)
                                || file.getFileName().equals(event.context()));
                if (concerned) {
                    exists.accept(Files.exists(file));
                }
                valid = key.reset();
            }
            exists.accept(false); // the folder itself is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            SupervisorLog.warn("closing the watch of " + file + ": " + e);
        }
    }
}
