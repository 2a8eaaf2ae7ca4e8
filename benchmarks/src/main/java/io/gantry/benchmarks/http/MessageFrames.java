package io.gantry.benchmarks.http;

import io.gantry.component.netty.HeadFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/// The frames of messages. Netty wants to know how many bytes of a body were taken; here all are, at once.
public abstract class MessageFrames extends HeadFrames {
    /// @param data which belongs to the caller
    /// @param end whether nothing follows
    protected abstract void data(ChannelHandlerContext context, int id, ByteBuf data, boolean end);

    @Override
    public final int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
        int bytes = data.readableBytes() + padding;
        data(context, id, data, end);
        return bytes;
    }
}
