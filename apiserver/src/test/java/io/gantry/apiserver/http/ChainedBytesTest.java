package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainedBytesTest {
    private static final long SEED = 20261121;

    private final Random random = new Random(SEED);

    @Test
    void readsAsOneArrayWould() throws IOException {
        for (int round = 0; round < 50; round++) {
            byte[][] parts = parts();
            byte[] whole = joined(parts);
            ByteBuf chained = ChainedBytes.of(parts);
            ByteBuf plain = Unpooled.wrappedBuffer(whole);
            assertEquals(plain, chained);
            assertArrayEquals(whole, new ByteBufInputStream(chained.duplicate()).readAllBytes());
            int from = random.nextInt(whole.length);
            int count = random.nextInt(whole.length - from + 1);
            byte[] expected = Arrays.copyOfRange(whole, from, from + count);
            assertArrayEquals(expected, ByteBufUtil.getBytes(chained, from, count));
            assertEquals(plain.slice(from, count), chained.slice(from, count));
            ByteBuf direct = Unpooled.directBuffer();
            direct.writeBytes(chained.slice(from, count));
            assertArrayEquals(expected, ByteBufUtil.getBytes(direct));
            direct.release();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            chained.getBytes(from, out, count);
            assertArrayEquals(expected, out.toByteArray());
            assertEquals(plain.slice(from, count).nioBuffer(), chained.nioBuffer(from, count));
        }
    }

    @Test
    void readsPiecesOfArrays() {
        for (int round = 0; round < 50; round++) {
            byte[][] parts = parts();
            ByteBuf expected = Unpooled.buffer();
            Pieces pieces = new Pieces(1);
            for (byte[] part : parts) {
                int from = random.nextInt(part.length + 1);
                int to = from + random.nextInt(part.length - from + 1);
                pieces.add(part, from, to);
                expected.writeBytes(part, from, to - from);
            }
            ByteBuf chained = pieces.buffer();
            assertEquals(expected, chained);
            for (int at = 0; at < expected.readableBytes(); at += 7) {
                assertEquals(expected.getByte(at), chained.getByte(at));
            }
        }
    }

    @Test
    void readsNumbersAcrossParts() {
        byte[] whole = new byte[16];
        random.nextBytes(whole);
        ByteBuf plain = Unpooled.wrappedBuffer(whole);
        ByteBuf chained = ChainedBytes.of(
                Arrays.copyOf(whole, 1),
                new byte[0],
                Arrays.copyOfRange(whole, 1, 4),
                Arrays.copyOfRange(whole, 4, 16));
        assertEquals(plain.getLong(2), chained.getLong(2));
        assertEquals(plain.getLongLE(2), chained.getLongLE(2));
        assertEquals(plain.getInt(0), chained.getInt(0));
        assertEquals(plain.getIntLE(0), chained.getIntLE(0));
        assertEquals(plain.getMedium(1), chained.getMedium(1));
        assertEquals(plain.getMediumLE(1), chained.getMediumLE(1));
        assertEquals(plain.getShort(3), chained.getShort(3));
        assertEquals(plain.getShortLE(3), chained.getShortLE(3));
    }

    @Test
    void slicesKeepItAndTheLastReleaseEndsIt() {
        ByteBuf chained = ChainedBytes.of(new byte[] {1, 2}, new byte[] {3});
        ByteBuf slice = chained.readRetainedSlice(2);
        assertEquals(1, chained.readableBytes());
        chained.release();
        assertEquals(2, slice.getByte(1));
        assertTrue(slice.release());
    }

    private byte[][] parts() {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(20); i++) {
            byte[] part = new byte[random.nextInt(5)];
            random.nextBytes(part);
            parts.add(part);
        }
        parts.add(new byte[] {1});
        return parts.toArray(byte[][]::new);
    }

    private static byte[] joined(byte[][] parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void partsAreReadTogetherOutsideTheHeapAcrossTheirEnds() {
        byte[] bytes = "abcdefghijkl".getBytes(StandardCharsets.US_ASCII);
        ChainedBytes chain = (ChainedBytes) ChainedBytes.of(
                Arrays.copyOfRange(bytes, 0, 5),
                new byte[0],
                Arrays.copyOfRange(bytes, 5, 6),
                Arrays.copyOfRange(bytes, 6, 12));
        StringBuilder read = new StringBuilder();
        while (chain.isReadable()) {
            ByteBuf piece = chain.readOutside(Math.min(7, chain.readableBytes()));
            assertTrue(piece.isDirect());
            read.append(piece.toString(StandardCharsets.US_ASCII)).append('|');
            piece.release();
        }
        assertEquals("abcdefg|hijkl|", read.toString());
    }
}
