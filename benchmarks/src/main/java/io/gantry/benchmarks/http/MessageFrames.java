package io.gantry.benchmarks.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;

/// The frames of messages. Netty tells of heads in two ways, by whether they have a priority, and wants to know how
/// many bytes were taken; neither matters here.
public abstract class MessageFrames extends Http2FrameAdapter {
    /// @param end whether the message has no body
    protected abstract void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end);

    /// @param data which belongs to the caller
    /// @param end whether nothing follows
    protected abstract void data(ChannelHandlerContext context, int id, ByteBuf data, boolean end);

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context, int id, Http2Headers headers, int padding, boolean end) {
        head(context, id, headers, end);
    }

    @Override
    public final void onHeadersRead(
            ChannelHandlerContext context,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        head(context, id, headers, end);
    }

    @Override
    public final int onDataRead(ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
        int bytes = data.readableBytes() + padding;
        data(context, id, data, end);
        return bytes;
    }
}
