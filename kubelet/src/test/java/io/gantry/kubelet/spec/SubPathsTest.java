package io.gantry.kubelet.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubPathsTest {
    @TempDir
    private Path root;

    private Path volume = Path.of("");

    @BeforeEach
    void links() throws IOException {
        root = root.toRealPath();
        volume = Files.createDirectory(root.resolve("volume"));
        Files.createDirectory(root.resolve("outside"));
        Files.createDirectory(volume.resolve("inside"));
        Files.createSymbolicLink(volume.resolve("within"), Path.of("inside"));
        Files.createSymbolicLink(volume.resolve("out"), root.resolve("outside"));
        Files.createSymbolicLink(volume.resolve("nowhere"), root.resolve("missing"));
    }

    @Test
    void missingFoldersGetTheVolumesMode() throws IOException {
        Files.setAttribute(volume, "unix:mode", 02777);
        Path made = SubPaths.resolve(volume, "a/b");
        assertEquals(volume.resolve("a/b"), made);
        for (Path folder : new Path[] {made, made.getParent()}) {
            assertEquals(02777, (int) Files.getAttribute(folder, "unix:mode") & 07777);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inside", "within", "./inside/."})
    void linksInsideAreFollowed(String sub) throws IOException {
        assertEquals(volume.resolve("inside"), SubPaths.resolve(volume, sub));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../outside", "inside/../../outside", "out", "out/new", "nowhere", "nowhere/new"})
    void nothingLeadsOut(String sub) {
        assertThrows(IOException.class, () -> SubPaths.resolve(volume, sub));
        assertFalse(Files.exists(root.resolve("outside/new")));
        assertFalse(Files.exists(root.resolve("missing")));
    }

    @Test
    void aVolumeMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), volume);
        assertEquals(volume.resolve("inside"), SubPaths.resolve(link, "inside"));
    }
}
