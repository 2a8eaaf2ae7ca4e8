package io.gantry.client.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A certificate, key or token: absent, embedded, or in a file that may change.
public sealed interface Credential {
    /// Not given.
    record Absent() implements Credential {}

    /// Embedded; not copied, callers leave the array alone.
    record Inline(byte[] data) implements Credential {}

    /// In a file, read at use.
    record InFile(Path path) implements Credential {}

    /// None.
    static Credential absent() {
        return new Absent();
    }

    /// Embedded as text, e.g. PEM or a token.
    static Credential inline(String text) {
        return new Inline(text.getBytes(StandardCharsets.UTF_8));
    }

    /// In a file, which need not be there before it is used.
    static Credential file(Path path) {
        return new InFile(path);
    }

    /// Whether it was given; a file counts although nobody has looked for it.
    default boolean isPresent() {
        return !(this instanceof Absent);
    }

    /// The bytes now; empty where absent.
    ///
    /// @throws UncheckedIOException when the file cannot be read
    default byte[] read() {
        return switch (this) {
            case Absent none -> new byte[0];
            case Inline inline -> inline.data();
            case InFile inFile -> {
                try {
                    yield Files.readAllBytes(inFile.path());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    /// A number that changes when the file is replaced; 0 where there is no file.
    default long version() {
        if (!(this instanceof InFile inFile)) {
            return 0;
        }
        try {
            return Files.getLastModifiedTime(inFile.path()).toMillis() * 31 + Files.size(inFile.path());
        } catch (IOException e) {
            return -1;
        }
    }
}
