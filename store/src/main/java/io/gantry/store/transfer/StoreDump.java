package io.gantry.store.transfer;

import io.gantry.store.Entry;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.gantry.store.Store;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// All objects of a store at one revision, as a stream of bytes: a mark, the revision, each key with its value, and at
/// the end their count, so that a stream that was cut off is told from a whole one. Old revisions are not in it.
public final class StoreDump {
    private static final long MARK = 0x47414e5452593031L; // GANTRY01
    private static final int END = -1;
    private static final int PAGE = 500;
    private static final int MAX_KEY_BYTES = 1 << 16;
    private static final int MAX_VALUE_BYTES = 1 << 28;
    private static final String ROOT = "/registry/";
    /// Which servers live is no state.
    private static final String LEASES = "/registry/masterleases/";

    private StoreDump() {}

    /// Where a dump goes.
    public interface Target {
        /// First call.
        ///
        /// @param revision of the store that was dumped
        void begin(long revision);

        void entry(String key, byte[] value);

        /// Last call: the dump was whole.
        void end();
    }

    /// Writes a store's objects while it is in use. Does not close the stream.
    ///
    /// @return how many there are
    /// @throws io.gantry.store.CompactedException when that takes longer than the store keeps revisions
    public static long write(Store store, OutputStream target) throws IOException {
        DataOutputStream out = new DataOutputStream(target);
        Range rest = Range.prefix(ROOT).withLimit(PAGE);
        RangeResult page = store.range(rest);
        out.writeLong(MARK);
        out.writeLong(page.revision());
        long count = 0;
        while (true) {
            for (Entry entry : page.entries()) {
                if (!entry.key().startsWith(LEASES)) {
                    write(out, entry);
                    count++;
                }
            }
            if (!page.more()) {
                break;
            }
            rest = rest.withRevision(page.revision())
                    .from(page.entries().getLast().key() + '\0');
            page = store.range(rest);
        }
        out.writeInt(END);
        out.writeLong(count);
        out.flush();
        return count;
    }

    private static void write(DataOutputStream out, Entry entry) throws IOException {
        byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
        out.writeInt(key.length);
        out.write(key);
        out.writeInt(entry.value().length);
        out.write(entry.value());
    }

    /// Reads a dump into a target. Does not close the stream.
    ///
    /// @return how many objects there were
    /// @throws IOException when it is no dump, or not a whole one
    public static long read(InputStream source, Target target) throws IOException {
        DataInputStream in = new DataInputStream(source);
        try {
            if (in.readLong() != MARK) {
                throw new IOException("this is no dump of a store");
            }
            target.begin(in.readLong());
            long count = 0;
            for (int length = in.readInt(); length != END; length = in.readInt()) {
                String key = new String(bytes(in, length, MAX_KEY_BYTES), StandardCharsets.UTF_8);
                target.entry(key, bytes(in, in.readInt(), MAX_VALUE_BYTES));
                count++;
            }
            if (in.readLong() != count) {
                throw new IOException("the dump of the store is damaged");
            }
            target.end();
            return count;
        } catch (EOFException e) {
            throw new IOException("the dump of the store is cut off", e);
        }
    }

    private static byte[] bytes(DataInputStream in, int length, int limit) throws IOException {
        if (length < 0 || length > limit) {
            throw new IOException("the dump of the store is damaged");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
