package io.gantry.store.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.Store;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WriteResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a small file system of its own (needs root).
class FullDiskTest {
    private static final int VALUE_BYTES = 64 << 10;

    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting needs root");
        disk = Files.createDirectory(directory.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            run("umount", disk.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), new String(process.getInputStream().readAllBytes(), UTF_8));
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 48 << 8; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e.getMessage());
        }
        return filler;
    }

    @Test
    void writesAreRefusedByNameUntilThereIsSpaceAgain() throws Exception {
        Map<String, Long> acknowledged = new TreeMap<>();
        List<String> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        Path path = disk.resolve("store");
        try (Store store = EmbeddedStore.open(path, failure -> failures.add(String.valueOf(failure)))) {
            put(store, acknowledged, "/before");
            Path filler = fill();
            StoreUnavailableException refused = assertThrows(StoreUnavailableException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    put(store, acknowledged, "/full-" + i);
                }
            });
            assertTrue(String.valueOf(refused.getMessage()).contains("No space left on device"), refused.getMessage());
            assertThrows(StoreUnavailableException.class, () -> put(store, acknowledged, "/refused"));
            assertThrows(StoreUnavailableException.class, store::checkWritable);
            assertEquals(
                    "/before", new String(store.get("/before").orElseThrow().value(), 0, 7, UTF_8));
            Files.delete(filler);
            await().atMost(Duration.ofSeconds(20)).until(() -> writes(store));
            put(store, acknowledged, "/after");
            check(store, acknowledged);
        }
        try (Store store = EmbeddedStore.open(path, failure -> failures.add(String.valueOf(failure)))) {
            check(store, acknowledged);
        }
        assertEquals(List.of(), failures);
    }

    private static boolean writes(Store store) {
        try {
            store.checkWritable();
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    private static void put(Store store, Map<String, Long> acknowledged, String key) {
        byte[] value = java.util.Arrays.copyOf(key.getBytes(UTF_8), VALUE_BYTES);
        if (store.create(key, value, 0) instanceof WriteResult.Committed done) {
            acknowledged.put(key, done.revision());
        }
    }

    private static void check(Store store, Map<String, Long> acknowledged) {
        Map<String, Long> found = new TreeMap<>();
        for (Entry entry : store.range(Range.prefix("/")).entries()) {
            found.put(entry.key(), entry.modRevision());
        }
        acknowledged.forEach((key, revision) -> assertEquals(revision, found.get(key), key));
        assertTrue(found.size() <= acknowledged.size() + 1, "an unanswered write may be there, others not: " + found);
    }
}
