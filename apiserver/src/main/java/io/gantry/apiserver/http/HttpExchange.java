package io.gantry.apiserver.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Executor;

/// The answer of one request, in what both versions of HTTP have in common: what is written goes to the event loop of
/// the connection, and of an answer to HEAD only the head is written.
abstract class HttpExchange extends CountedStream implements Exchange, Ending {
    final ChannelHandlerContext context;
    final boolean headOnly;

    HttpExchange(ChannelHandlerContext context, boolean headOnly) {
        this.context = context;
        this.headOnly = headOnly;
    }

    @Override
    public final void write(ByteBuf bytes) {
        int count = bytes.readableBytes();
        if (count == 0 || headOnly || pending.isClosed()) {
            bytes.release();
            return;
        }
        pending.add(count);
        onLoop(() -> writeOnLoop(bytes, count));
    }

    /// Writes a piece of the body, which is `count` bytes that are counted as pending.
    abstract void writeOnLoop(ByteBuf bytes, int count);

    @Override
    public final void whenEnded(Runnable action) {
        pending.whenClosed(action);
    }

    @Override
    public final Executor loop() {
        return context.executor();
    }

    final void onLoop(Runnable action) {
        if (context.executor().inEventLoop()) {
            action.run();
        } else {
            context.executor().execute(action);
        }
    }
}
