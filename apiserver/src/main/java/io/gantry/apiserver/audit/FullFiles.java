package io.gantry.apiserver.audit;

import io.gantry.component.VirtualThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compresses full files beside who writes the next one, one after the other. Used by one thread at a time.
final class FullFiles implements AutoCloseable {
    static final String COMPRESSED = ".gz";

    private static final Logger LOG = LoggerFactory.getLogger(FullFiles.class);

    private Optional<Thread> last = Optional.empty();

    /// Puts another file, of its name and [#COMPRESSED], in the place of this one. Does not block.
    void compress(Path full) {
        Optional<Thread> before = last;
        last = Optional.of(VirtualThreads.background().name("audit-compress").start(() -> {
            before.ifPresent(FullFiles::await);
            try {
                replace(full);
            } catch (IOException e) {
                LOG.warn("{} stays as it is: {}", full, e.getMessage());
            }
        }));
    }

    private static void replace(Path full) throws IOException {
        Path part = full.resolveSibling(full.getFileName() + COMPRESSED + ".part");
        Path whole = full.resolveSibling(full.getFileName() + COMPRESSED);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part))) {
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(full));
            Files.copy(full, out);
        }
        Files.setLastModifiedTime(part, Files.getLastModifiedTime(full));
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(full);
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for what is under way.
    @Override
    public void close() {
        last.ifPresent(FullFiles::await);
    }
}
