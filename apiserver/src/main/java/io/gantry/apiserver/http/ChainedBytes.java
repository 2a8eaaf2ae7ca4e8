package io.gantry.apiserver.http;

import io.netty.buffer.AbstractReferenceCountedByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A read-only buffer over many arrays, one after the other, which nobody changes: the answer of a list. An array costs
/// eight bytes here, where a composite buffer takes more than a hundred.
public final class ChainedBytes extends AbstractReferenceCountedByteBuf {
    private final byte[][] parts;
    /// Where each part begins in its array; empty where all begin with their arrays.
    private final int[] offsets;
    /// Where each part ends in the buffer.
    private final int[] ends;

    private ChainedBytes(byte[][] parts, int[] offsets, int[] ends, int size) {
        super(size);
        this.parts = parts;
        this.offsets = offsets;
        this.ends = ends;
        setIndex(0, size);
    }

    /// @param parts belong to the buffer from now on
    /// @throws ArithmeticException beyond two gigabytes
    public static ByteBuf of(byte[]... parts) {
        int[] ends = new int[parts.length];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            size = Math.addExact(size, parts[i].length);
            ends[i] = size;
        }
        return new ChainedBytes(parts, WHOLE, ends, size);
    }

    /// A buffer over pieces of arrays.
    ///
    /// @param parts belong to the buffer from now on, as do the others
    /// @param offsets where each piece begins in its array
    /// @param ends where each piece ends in the buffer
    static ByteBuf of(byte[][] parts, int[] offsets, int[] ends) {
        return new ChainedBytes(parts, offsets, ends, ends.length == 0 ? 0 : ends[ends.length - 1]);
    }

    private int start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    private int offset(int part) {
        return offsets.length == 0 ? 0 : offsets[part];
    }

    private static final int[] WHOLE = {};

    private interface Taker<E extends Exception> {
        void take(byte[] part, int from, int count) throws E;
    }

    private <E extends Exception> void each(int index, int length, Taker<E> taker) throws E {
        checkIndex(index, length);
        int left = length;
        int at = index;
        for (int part = partOf(index); left > 0; part++) {
            int count = Math.min(left, ends[part] - at);
            if (count > 0) {
                taker.take(parts[part], at - start(part) + offset(part), count);
            }
            left -= count;
            at += count;
        }
    }

    /// The part that holds the byte.
    private int partOf(int index) {
        int found = Arrays.binarySearch(ends, index + 1);
        int part = found < 0 ? -found - 1 : found;
        while (part > 0 && ends[part - 1] > index) {
            part--;
        }
        return part;
    }

    @Override
    protected byte _getByte(int index) {
        int part = partOf(index);
        return parts[part][index - start(part) + offset(part)];
    }

    private long number(int index, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << Byte.SIZE | _getByte(index + i) & 0xff;
        }
        return number;
    }

    @Override
    protected short _getShort(int index) {
        return (short) number(index, Short.BYTES);
    }

    @Override
    protected short _getShortLE(int index) {
        return Short.reverseBytes(_getShort(index));
    }

    @Override
    protected int _getUnsignedMedium(int index) {
        return (int) number(index, 3);
    }

    @Override
    protected int _getUnsignedMediumLE(int index) {
        return Integer.reverseBytes(_getUnsignedMedium(index)) >>> Byte.SIZE;
    }

    @Override
    protected int _getInt(int index) {
        return (int) number(index, Integer.BYTES);
    }

    @Override
    protected int _getIntLE(int index) {
        return Integer.reverseBytes(_getInt(index));
    }

    @Override
    protected long _getLong(int index) {
        return number(index, Long.BYTES);
    }

    @Override
    protected long _getLongLE(int index) {
        return Long.reverseBytes(_getLong(index));
    }

    /// The next bytes, put together outside the heap. Encryption copies what lies on the heap a frame
    /// at a time, with an array for each: as much garbage as the whole body.
    ///
    /// @return the caller's
    ByteBuf readOutside(int length) {
        ByteBuf together = ByteBufAllocator.DEFAULT.directBuffer(length, length);
        getBytes(readerIndex(), together.internalNioBuffer(0, length));
        skipBytes(length);
        return together.writerIndex(length);
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf target, int targetIndex, int length) {
        int[] at = {targetIndex};
        each(index, length, (part, from, count) -> {
            target.setBytes(at[0], part, from, count);
            at[0] += count;
        });
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, byte[] target, int targetIndex, int length) {
        return getBytes(index, Unpooled.wrappedBuffer(target), targetIndex, length);
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer target) {
        each(index, target.remaining(), target::put);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        each(index, length, out::write);
        return this;
    }

    @Override
    public int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        return out.write(nioBuffer(index, length));
    }

    @Override
    public int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        return out.write(nioBuffer(index, length), position);
    }

    @Override
    public ByteBuf copy(int index, int length) {
        return Unpooled.wrappedBuffer(nioBuffer(index, length));
    }

    @Override
    public int nioBufferCount() {
        return 1;
    }

    @Override
    public ByteBuffer nioBuffer(int index, int length) {
        ByteBuffer copy = ByteBuffer.allocate(length);
        getBytes(index, copy);
        return copy.flip();
    }

    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        return nioBuffer(index, length);
    }

    @Override
    public ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    @Override
    public int capacity() {
        return maxCapacity();
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public boolean isDirect() {
        return false;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new UnsupportedOperationException("many arrays");
    }

    @Override
    public int arrayOffset() {
        throw new UnsupportedOperationException("many arrays");
    }

    @Override
    public boolean hasMemoryAddress() {
        return false;
    }

    @Override
    public long memoryAddress() {
        throw new UnsupportedOperationException("on the heap");
    }

    @Override
    public ByteBufAllocator alloc() {
        return UnpooledByteBufAllocator.DEFAULT;
    }

    @Override
    @Deprecated
    public ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public @Nullable ByteBuf unwrap() {
        return null;
    }

    @Override
    protected void deallocate() {
        // The arrays are the cache's.
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setByte(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setShort(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setShortLE(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setMedium(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setMediumLE(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setInt(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setIntLE(int index, int value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setLong(int index, long value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    protected void _setLongLE(int index, long value) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf source, int sourceIndex, int length) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public ByteBuf setBytes(int index, byte[] source, int sourceIndex, int length) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer source) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public int setBytes(int index, InputStream in, int length) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public int setBytes(int index, ScatteringByteChannel in, int length) {
        throw new ReadOnlyBufferException();
    }

    @Override
    public int setBytes(int index, FileChannel in, long position, int length) {
        throw new ReadOnlyBufferException();
    }
}
