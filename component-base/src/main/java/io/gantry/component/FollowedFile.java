package io.gantry.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a file says, read again when it changed. A changed file that cannot be used is logged, and what was before
/// counts on. Thread-safe.
public final class FollowedFile<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFile.class);
    /// Between two looks at the file.
    public static final Duration LOOK = Duration.ofSeconds(5);

    private final Path file;
    private final Function<byte[], T> reading;
    private final InstantSource clock;
    private T value;
    private byte[] text;
    private Instant next;

    private FollowedFile(Path file, Function<byte[], T> reading, InstantSource clock, byte[] text) {
        this.file = file;
        this.reading = reading;
        this.clock = clock;
        this.text = text;
        this.value = reading.apply(text);
        this.next = clock.instant().plus(LOOK);
    }

    /// @param reading makes something of the file's bytes; an IllegalArgumentException for what cannot be used
    /// @throws IllegalArgumentException for a file that cannot be used
    /// @throws UncheckedIOException for one that cannot be read
    public static <T> FollowedFile<T> of(Path file, Function<byte[], T> reading, InstantSource clock) {
        try {
            return new FollowedFile<>(file, reading, clock, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public synchronized T get() {
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
            next = now.plus(LOOK);
            look();
        }
        return value;
    }

    private void look() {
        try {
            byte[] found = Files.readAllBytes(file);
            if (!Arrays.equals(found, text)) {
                text = found;
                value = reading.apply(found);
                LOG.info("read {} again", file);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("cannot use the changed {}, going on with what it was: {}", file, e.getMessage());
        }
    }
}
