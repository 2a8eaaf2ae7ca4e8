package io.gantry.apiserver.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A file that begins anew when it is full: the full one gets its time into its name, old ones go. Used by one thread.
final class RotatingFile implements AuditLog.Sink {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

    private final Path file;
    private final Limits limits;
    private final InstantSource clock;
    private OutputStream out;
    private long size;

    /// When a file is full and how long full ones stay.
    ///
    /// @param maxBackups and `maxAge`: 0 for no limit
    record Limits(long maxBytes, int maxBackups, Duration maxAge) {}

    RotatingFile(Path file, Limits limits, InstantSource clock) throws IOException {
        this.file = file.toAbsolutePath();
        this.limits = limits;
        this.clock = clock;
        Files.createDirectories(Objects.requireNonNull(this.file.getParent()));
        out = open();
    }

    private OutputStream open() throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        size = Files.size(file);
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (size > 0 && size + lines.length > limits.maxBytes()) {
            rotate();
        }
        out.write(lines);
        size += lines.length;
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
    }

    private void prune(String prefix, String suffix) throws IOException {
        List<Path> full;
        try (Stream<Path> files = Files.list(Objects.requireNonNull(file.getParent()))) {
            full = files.filter(each -> each.getFileName().toString().startsWith(prefix)
                            && each.getFileName().toString().endsWith(suffix))
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
                Files.delete(full.get(i));
            }
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
