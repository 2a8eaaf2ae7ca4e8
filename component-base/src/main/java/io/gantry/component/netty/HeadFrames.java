package io.gantry.component.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;

/// Frames of HTTP/2 with one way to be told of a message's head, where Netty has two, by whether it comes with a
/// priority. Called on the connection's event loop.
public abstract class HeadFrames extends Http2FrameAdapter {
    /// @param id of the stream
    /// @param end whether the message has no body
    protected abstract void head(ChannelHandlerContext context, int id, Http2Headers headers, boolean end);

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
}
