package io.gantry.benchmarks.self;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The bodies of the ceiling server, made once and shared.
final class FixedAnswers {
    private static final int SMALL_BYTES = 1100;
    private final ByteBuf small = Unpooled.unreleasableBuffer(Unpooled.directBuffer(SMALL_BYTES));
    private final ByteBuf list;

    FixedAnswers(int listBytes) {
        small.writeZero(SMALL_BYTES);
        list = Unpooled.unreleasableBuffer(Unpooled.directBuffer(Math.max(1, listBytes)));
        list.writeZero(listBytes);
    }

    ByteBuf of(CharSequence path) {
        return path.toString().startsWith("/list") ? list.duplicate() : small.duplicate();
    }
}
