package io.gantry.store.embedded;

import io.gantry.store.Entry;
import io.gantry.store.Store;
import io.gantry.store.WriteResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/// Writes to a store until it is killed. Several threads create, update and delete keys of their own; each
/// prints a line for what it is about to do and another when the store has acknowledged it.
final class KilledWriter {
    private static final int KEYS = 20;

    /// So long that a few thousand writes fill several files of the write-ahead log, and the first are written over.
    static final int VALUE_BYTES = 16 << 10;

    /// Arguments: directory, seed, threads.
    public static void main(String[] args) {
        Store store = EmbeddedStore.open(Path.of(args[0]), failure -> System.exit(3));
        long seed = Long.parseLong(args[1]);
        int threads = Integer.parseInt(args[2]);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            Thread.ofPlatform().start(() -> write(store, thread, new Random(seed + thread)));
        }
    }

    private static void write(Store store, int thread, Random random) {
        int count = 0;
        while (true) {
            String key = "/k/" + thread + "/" + random.nextInt(KEYS);
            Optional<Entry> now = store.get(key);
            boolean delete = now.isPresent() && random.nextInt(4) == 0;
            String value = delete ? "-" : ProcessHandle.current().pid() + "." + count++;
            say("try " + key + " " + value);
            WriteResult result = delete
                    ? store.delete(key, now.get().modRevision())
                    : now.isPresent()
                            ? store.update(key, bytes(value), now.get().modRevision(), 0)
                            : store.create(key, bytes(value), 0);
            say("ack " + key + " " + value + " " + ((WriteResult.Committed) result).revision());
            if (random.nextInt(500) == 0) {
                store.compact(Math.max(1, store.currentRevision() - 50));
            }
        }
    }

    /// One system call a line, so that a kill never hides a line that was said.
    private static void say(String line) {
        synchronized (KilledWriter.class) {
            System.out.print(line + "\n");
            System.out.flush();
        }
    }

    private static byte[] bytes(String text) {
        byte[] padded = new byte[VALUE_BYTES];
        byte[] start = (text + " ").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, padded, 0, start.length);
        return padded;
    }

    private KilledWriter() {}
}
