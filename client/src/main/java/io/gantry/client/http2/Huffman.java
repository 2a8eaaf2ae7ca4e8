package io.gantry.client.http2;

import java.io.IOException;
import java.util.Arrays;

/// The code of texts in header blocks (RFC 7541, appendix B). It is canonical: the lengths say all of it.
final class Huffman {
    private static final int SHORTEST = 5;
    private static final int LONGEST = 30;
    private static final int END_OF_TEXT = 256;

    /// Bits of each byte's code and of the end's.
    private static final byte[] LENGTHS = {
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7,
        7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21,
        23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24,
        21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30
    };

    /// The symbols by length, then value.
    private static final short[] SYMBOLS = new short[LENGTHS.length];

    /// For each length its first code, and the one after its last.
    private static final int[] FIRST = new int[LONGEST + 1];

    private static final int[] AFTER = new int[LONGEST + 1];

    /// Where the symbols of each length begin.
    private static final int[] START = new int[LONGEST + 1];

    static {
        int at = 0;
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            FIRST[length] = code;
            START[length] = at;
            for (int symbol = 0; symbol < LENGTHS.length; symbol++) {
                if (LENGTHS[symbol] == length) {
                    SYMBOLS[at++] = (short) symbol;
                    code++;
                }
            }
            AFTER[length] = code;
            code <<= 1;
        }
    }

    private Huffman() {}

    /// The bytes that `in` between the two positions stands for.
    static byte[] decode(byte[] in, int from, int to) throws IOException {
        byte[] out = new byte[(to - from) * Byte.SIZE / SHORTEST];
        int size = 0;
        long bits = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            bits = bits << Byte.SIZE | (in[i] & 0xff);
            held += Byte.SIZE;
            int length = length(bits, held);
            while (length > 0) {
                int symbol = SYMBOLS[START[length] + (int) (bits >>> held - length) - FIRST[length]];
                if (symbol == END_OF_TEXT) {
                    throw new IOException("a header has the end of a text within it");
                }
                out[size++] = (byte) symbol;
                held -= length;
                bits &= (1L << held) - 1;
                length = length(bits, held);
            }
        }
        if (held >= Byte.SIZE || bits != (1L << held) - 1) {
            throw new IOException("a header ends within a code");
        }
        return Arrays.copyOf(out, size);
    }

    /// Of the code that the bits begin with; 0 when they are too few.
    private static int length(long bits, int held) {
        int longest = Math.min(held, LONGEST);
        for (int length = SHORTEST; length <= longest; length++) {
            if (bits >>> held - length < AFTER[length]) {
                return length;
            }
        }
        return 0;
    }
}
