package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// Collects pieces of arrays for one buffer; nothing is copied. For one thread.
public final class Pieces {
    private byte[][] parts;
    private int[] offsets;
    private int[] ends;
    private int count;
    private int size;

    /// @param expected about how many pieces
    public Pieces(int expected) {
        int room = Math.max(expected, 1);
        parts = new byte[room][];
        offsets = new int[room];
        ends = new int[room];
    }

    /// Adds a whole array, which nobody changes from now on.
    public void add(byte[] array) {
        add(array, 0, array.length);
    }

    /// Adds a piece of an array.
    ///
    /// @throws ArithmeticException beyond two gigabytes
    public void add(byte[] array, int from, int to) {
        if (count == parts.length) {
            parts = Arrays.copyOf(parts, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        size = Math.addExact(size, to - from);
        parts[count] = array;
        offsets[count] = from;
        ends[count++] = size;
    }

    /// The buffer over all pieces.
    public ByteBuf buffer() {
        return ChainedBytes.of(Arrays.copyOf(parts, count), Arrays.copyOf(offsets, count), Arrays.copyOf(ends, count));
    }
}
