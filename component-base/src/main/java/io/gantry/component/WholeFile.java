package io.gantry.component;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Files that are there as they were or as they shall be, also after the machine lost its power in between: the new
/// content is on disk before it takes the old one's place. For what nobody could make again; its folder must be there.
public final class WholeFile {
    private static final String OWNER_ONLY = "rw-------";

    private WholeFile() {}

    /// A file that others may read as far as the process' mask lets them.
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, new FileAttribute<?>[0]);
    }

    /// A file that its owner alone may read, from its first byte on.
    public static void writePrivate(Path file, byte[] content) throws IOException {
        write(file, content, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }

    private static void write(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, attributes);
        try {
            Files.write(fresh, content);
            replace(fresh, file);
        } catch (IOException failure) {
            Files.deleteIfExists(fresh); // what a full disk took of it is of no use, and is in the way there
            throw failure;
        }
    }

    /// Puts a file that is complete in the place of another of the same folder, which need not be there.
    public static void replace(Path fresh, Path file) throws IOException {
        sync(fresh, StandardOpenOption.WRITE);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(Objects.requireNonNull(file.toAbsolutePath().getParent()), StandardOpenOption.READ); // has its name
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
