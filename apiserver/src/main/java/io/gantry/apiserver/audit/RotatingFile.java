package io.gantry.apiserver.audit;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A file that begins anew when it is full: the full one gets its time into its name, old ones go. Lines that the disk
/// has no room for are not begun either. Used by one thread at a time.
final class RotatingFile implements LogBackend.Sink {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Limits limits;
    private final Optional<FullFiles> compressing;
    private final InstantSource clock;
    private FileOutputStream out;
    private long size;

    /// When a file is full and how long full ones stay.
    ///
    /// @param maxBytes 0 for a file that is never full
    /// @param maxBackups and `maxAge`: 0 for no limit
    /// @param compress whether full ones are compressed
    record Limits(long maxBytes, int maxBackups, Duration maxAge, boolean compress) {}

    RotatingFile(Path file, Limits limits, InstantSource clock) throws IOException {
        this.file = file.toAbsolutePath();
        this.limits = limits;
        this.compressing = limits.compress() ? Optional.of(new FullFiles()) : Optional.empty();
        this.clock = clock;
        Files.createDirectories(Objects.requireNonNull(this.file.getParent()));
        out = open();
    }

    private FileOutputStream open() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        // Not a channel, which closes when whoever writes is interrupted.
        FileOutputStream opened = new FileOutputStream(file.toFile(), true);
        size = Files.size(file);
        return opened;
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (!out.getChannel().isOpen()) {
            // The last time that it was full, there was no other.
            out = open();
        }
        if (limits.maxBytes() > 0 && size > 0 && size + lines.length > limits.maxBytes()) {
            rotate();
        }
        try {
            out.write(lines);
            size += lines.length;
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
    }

    /// Half a line would spoil the next one.
    private void takeBack(IOException failure) {
        try {
            out.getChannel().truncate(size);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void rotate() throws IOException {
        out.close();
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String base = dot < 0 ? name : name.substring(0, dot);
        String suffix = dot < 0 ? "" : name.substring(dot);
        Path full = file.resolveSibling(base + "-" + STAMP.format(clock.instant()) + suffix);
        Files.move(file, full);
        out = open();
        prune(base + "-", suffix);
        compressing.ifPresent(files -> files.compress(full));
    }

    private void prune(String prefix, String suffix) throws IOException {
        List<Path> full;
        try (Stream<Path> files = Files.list(Objects.requireNonNull(file.getParent()))) {
            full = files.filter(each -> isFull(each.getFileName().toString(), prefix, suffix))
                    .sorted(Comparator.comparing(
                                    (Path each) -> each.getFileName().toString())
                            .reversed())
                    .toList();
        }
        Instant oldest =
                limits.maxAge().isZero() ? Instant.MIN : clock.instant().minus(limits.maxAge());
        for (int i = 0; i < full.size(); i++) {
            boolean tooMany = limits.maxBackups() > 0 && i >= limits.maxBackups();
            if (tooMany || Files.getLastModifiedTime(full.get(i)).toInstant().isBefore(oldest)) {
                Files.deleteIfExists(full.get(i));
            }
        }
    }

    private static boolean isFull(String name, String prefix, String suffix) {
        return name.startsWith(prefix) && (name.endsWith(suffix) || name.endsWith(suffix + FullFiles.COMPRESSED));
    }

    @Override
    public void close() throws IOException {
        out.close();
        compressing.ifPresent(FullFiles::close);
    }
}
