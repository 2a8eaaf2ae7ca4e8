package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.component.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mounts of the kernel itself; needs root.
class MountsTest {
    @TempDir
    private Path root;

    private final Mounts mounts = new Mounts();

    @BeforeEach
    void asRoot() throws IOException {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "needs root");
    }

    @AfterEach
    void unmount() throws IOException {
        for (Path mount : Mounts.below(root)) {
            mounts.unmount(mount);
        }
    }

    @Test
    void aFolderOnAPrivateMountIsSharedOnce() throws IOException, InterruptedException {
        Path folder = privateTmpfs();
        Files.writeString(folder.resolve("file"), "there");
        Path inside = folder.resolve("inside");
        mounts.tmpfs(inside, "size=65536");
        Files.writeString(inside.resolve("file"), "there too");

        assertTrue(mounts.share(folder));
        assertTrue(isShared(folder));
        assertTrue(isShared(inside));
        assertEquals("there", Files.readString(folder.resolve("file")));
        assertEquals("there too", Files.readString(inside.resolve("file")));

        assertFalse(mounts.share(folder));
    }

    @Test
    void aFolderOnASharedMountStaysAsItIs() throws IOException, InterruptedException {
        Path folder = privateTmpfs();
        mounts.share(folder);
        Path below = Files.createDirectory(folder.resolve("below"));
        int before = MountTable.read().mounts().size();
        assertFalse(mounts.share(below));
        assertEquals(before, MountTable.read().mounts().size());
    }

    /// Whatever the machine's own mounts are.
    private Path privateTmpfs() throws IOException, InterruptedException {
        Path folder = root.resolve("kubelet");
        mounts.tmpfs(folder, "size=65536");
        assertEquals(
                0,
                new ProcessBuilder("mount", "--make-private", folder.toString())
                        .start()
                        .waitFor());
        assertFalse(isShared(folder));
        return folder;
    }

    private static boolean isShared(Path folder) throws IOException {
        return MountTable.read().isShared(folder.toRealPath());
    }
}
