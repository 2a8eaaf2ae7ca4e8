package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTableTest {
    private static final MountTable TABLE = MountTable.parse("""
            22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            30 22 0:30 / /data/a rw - tmpfs tmpfs rw
            31 30 0:31 / /data/a/b\\040c rw shared:7 - tmpfs tmpfs rw
            32 22 0:32 / /database rw,shared:none - tmpfs shared:source rw
            33 22 254:0 /kubelet /kubelet rw - ext4 /dev/vda rw
            34 33 254:0 /kubelet /kubelet rw shared:9 master:2 - ext4 /dev/vda rw
            35 34 0:33 / /kubelet/pods/x rw master:4 - tmpfs tmpfs rw
            """);

    @Test
    void mountsBelowAFolderComeLatestFirst() {
        assertEquals(paths("/data/a/b c", "/data/a"), TABLE.below(Path.of("/data")));
        assertEquals(paths("/kubelet/pods/x", "/kubelet", "/kubelet"), TABLE.below(Path.of("/kubelet")));
    }

    @Test
    void whatIsMountedOverAFolderHidesWhatWasBelowIt() {
        MountTable table = MountTable.parse("""
                33 22 254:0 /kubelet /kubelet rw - ext4 /dev/vda rw
                34 33 0:33 / /kubelet/pods/x rw - tmpfs tmpfs rw
                35 33 0:34 / /kubelet/pods/y rw - tmpfs tmpfs rw
                36 33 254:0 /kubelet /kubelet rw shared:9 - ext4 /dev/vda rw
                37 36 0:33 / /kubelet/pods/x rw - tmpfs tmpfs rw
                """);
        assertEquals(paths("/kubelet/pods/x"), table.visibleBelow(Path.of("/kubelet/pods")));
        assertEquals(paths("/kubelet/pods/x", "/kubelet", "/kubelet"), table.visibleBelow(Path.of("/kubelet")));
        assertEquals(List.of(), table.visibleBelow(Path.of("/kubelet/pods/y")));
        assertTrue(table.isShared(Path.of("/kubelet/pods/y/file")));
    }

    /// What an initial RAM disk mounts comes before the root that it is moved below.
    @ParameterizedTest
    @ValueSource(ints = {1, 27})
    void theRootHidesNothingThatIsMountedOnIt(int parentOfTheRoot) {
        MountTable table = MountTable.parse("""
                24 27 0:6 / /run rw shared:2 - tmpfs tmpfs rw
                25 24 0:23 / /run/lock rw - tmpfs tmpfs rw
                27 %d 254:0 / / rw - ext4 /dev/vda rw
                """.formatted(parentOfTheRoot));
        assertEquals(paths("/run/lock", "/run"), table.visibleBelow(Path.of("/run")));
        assertTrue(table.isShared(Path.of("/run/x")));
    }

    @Test
    void aFileIsOnTheNearestMount() {
        assertTrue(TABLE.isShared(Path.of("/data/a/b c/file")));
        assertFalse(TABLE.isShared(Path.of("/data/a/b")));
        assertFalse(TABLE.isShared(Path.of("/kubelet/pods/x/y")));
        assertFalse(TABLE.isShared(Path.of("/elsewhere")));
    }

    @Test
    void ofMountsAtOnePointTheLastOneCounts() {
        assertTrue(TABLE.isShared(Path.of("/kubelet/plugins")));
    }

    @Test
    void onlyTheOptionalFieldsSayIt() {
        assertFalse(TABLE.isShared(Path.of("/database/x")));
    }

    private static List<Path> paths(String... names) {
        return List.of(names).stream().map(Path::of).toList();
    }
}
