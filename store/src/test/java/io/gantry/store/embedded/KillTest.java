package io.gantry.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a writing process with SIGKILL at random moments: what was acknowledged must be there, and of what
/// was not, each write is there or not, whole.
final class KillTest {
    private static final int ROUNDS = 6;
    private static final int THREADS = 4;
    private static final String GONE = "-";

    @TempDir
    private Path directory;

    /// What a key may hold: the last acknowledged value or one that was tried after it.
    private final Map<String, Set<String>> allowed = new HashMap<>();

    private long lastRevision = 1;

    @Test
    void acknowledgedWritesSurviveAKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged += writeAndKill(seed + round * 100L, 50 + random.nextInt(3_000));
            compare("seed " + seed + " round " + round);
        }
        assertTrue(acknowledged > ROUNDS * 50);
    }

    private int writeAndKill(long seed, int acknowledgements) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        Long.toString(seed),
                        Integer.toString(THREADS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int seen = 0;
        try (BufferedReader lines = writer.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                seen += read(line);
                if (seen == acknowledgements) {
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertEquals(128 + 9, writer.waitFor(), "the writer ended by itself");
        return seen;
    }

    private int read(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("try") && words.length == 3) {
            allowed.computeIfAbsent(words[1], key -> new HashSet<>(Set.of(GONE)))
                    .add(words[2]);
            return 0;
        }
        if (words[0].equals("ack") && words.length == 4) {
            allowed.put(words[1], new HashSet<>(Set.of(words[2])));
            lastRevision = Math.max(lastRevision, Long.parseLong(words[3]));
            return 1;
        }
        return 0;
    }

    private void compare(String what) {
        try (Store store = EmbeddedStore.open(directory, failure -> {})) {
            Map<String, String> found = new HashMap<>();
            List<Entry> entries = store.range(Range.prefix("/k/")).entries();
            for (Entry entry : entries) {
                assertEquals(KilledWriter.VALUE_BYTES, entry.value().length, what);
                found.put(entry.key(), new String(entry.value(), StandardCharsets.US_ASCII).split(" ")[0]);
            }
            allowed.forEach((key, values) -> {
                String value = found.getOrDefault(key, GONE);
                assertTrue(values.contains(value), what + ": " + key + " holds " + value + ", expected " + values);
                values.clear();
                values.add(value);
            });
            assertTrue(allowed.keySet().containsAll(found.keySet()), what);
            assertTrue(store.currentRevision() >= lastRevision, what);
            lastRevision = store.currentRevision();
        }
    }
}
