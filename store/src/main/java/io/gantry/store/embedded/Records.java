package io.gantry.store.embedded;

import io.gantry.store.mvcc.Change;
import io.gantry.store.mvcc.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes of keys and headers. Numbers are big-endian, so that keys sort by revision.
final class Records {
    static final byte[] COMPACTED = "compacted".getBytes(StandardCharsets.US_ASCII);
    static final byte[] HEADERS_END = {'h' + 1};

    static final byte VALUE = 'v';

    private static final int FIXED = 2 * Long.BYTES + 1;
    private static final byte DELETED = 1;

    static byte[] headerKey(long revision) {
        return key('h', revision);
    }

    static byte[] valueKey(long revision) {
        return key((char) VALUE, revision);
    }

    static byte[] bytes(long revision) {
        return ByteBuffer.allocate(Long.BYTES).putLong(revision).array();
    }

    static long revision(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes).getLong(offset);
    }

    static byte[] header(String key, Version version) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FIXED + name.length)
                .putLong(version.createRevision())
                .putLong(version.expiresAtMillis())
                .put(version.deleted() ? DELETED : 0)
                .put(name)
                .array();
    }

    static Change.Header header(byte[] key, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        long create = in.getLong();
        long expires = in.getLong();
        boolean deleted = in.get() == DELETED;
        String name = new String(value, FIXED, value.length - FIXED, StandardCharsets.UTF_8);
        return new Change.Header(name, new Version(create, revision(key, 1), deleted, expires));
    }

    private static byte[] key(char type, long revision) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) type)
                .putLong(revision)
                .array();
    }

    private Records() {}
}
