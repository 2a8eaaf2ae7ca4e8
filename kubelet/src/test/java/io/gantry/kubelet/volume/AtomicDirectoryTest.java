package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
    @TempDir
    Path folder;

    private AtomicDirectory directory = new AtomicDirectory(Path.of("/"), f -> {});

    @BeforeEach
    void create() {
        directory = new AtomicDirectory(folder, f -> {});
    }

    private static VolumeFile file(String text) {
        return new VolumeFile(text.getBytes(StandardCharsets.UTF_8), 0640);
    }

    @Test
    void filesChangeAllAtOnce() throws IOException {
        assertTrue(directory.write(Map.of("a", file("1"), "d/b", file("2"))));
        Path first = Files.readSymbolicLink(folder.resolve("..data"));
        assertEquals("1", Files.readString(folder.resolve("a")));
        assertEquals("2", Files.readString(folder.resolve("d/b")));
        assertEquals(0640, FilePermissions.get(folder.resolve("a").toRealPath()));

        assertFalse(directory.write(Map.of("a", file("1"), "d/b", file("2"))));
        assertEquals(first, Files.readSymbolicLink(folder.resolve("..data")));

        assertTrue(directory.write(Map.of("a", file("3"))));
        assertEquals("3", Files.readString(folder.resolve("a")));
        assertFalse(Files.exists(folder.resolve("d")));
        assertFalse(Files.exists(folder.resolve(first)));
    }

    @Test
    void noFileLeavesTheVolume() {
        assertThrows(IOException.class, () -> directory.write(Map.of("../x", file("1"))));
    }
}
