package io.gantry.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path folder;

    @Test
    void theNewContentTakesTheOldOnesPlace() throws Exception {
        Path file = folder.resolve("state");
        WholeFile.write(file, "a longer one".getBytes(UTF_8));
        WholeFile.write(file, "new".getBytes(UTF_8));
        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void aPrivateFileIsReplacedByAPrivateOne() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        WholeFile.writePrivate(file, "secret".getBytes(UTF_8));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whatAKilledWriterLeftIsNotInTheWay() throws Exception {
        Path file = folder.resolve("state");
        Files.writeString(folder.resolve(".state.new"), "half");
        WholeFile.write(file, "whole".getBytes(UTF_8));
        assertEquals("whole", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void aFailureLeavesTheOldContent() throws Exception {
        Path file = folder.resolve("state");
        WholeFile.write(file, "old".getBytes(UTF_8));
        Files.createDirectories(folder.resolve(".state.new").resolve("in-the-way"));
        assertThrows(IOException.class, () -> WholeFile.write(file, "new".getBytes(UTF_8)));
        assertEquals("old", Files.readString(file));
    }

    @Test
    void aFailureLeavesNothingOfTheNewContent() throws Exception {
        Path taken = folder.resolve("state");
        Files.createDirectories(taken.resolve("in-the-way"));
        assertThrows(IOException.class, () -> WholeFile.write(taken, "new".getBytes(UTF_8)));
        assertEquals(List.of(taken), files());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
