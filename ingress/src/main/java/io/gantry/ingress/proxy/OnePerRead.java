package io.gantry.ingress.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/// Hands on one message for each read that was asked for: a decoder makes many of one read of the socket. Its queue is
/// no longer than what one read holds. For channels that do not read by themselves.
final class OnePerRead extends ChannelDuplexHandler {
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private boolean wanted;
    private boolean handing;

    @Override
    public void read(ChannelHandlerContext context) {
        wanted = true;
        handOn(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add(message);
        handOn(context);
    }

    /// The decoder may have made nothing of what was read.
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wanted) {
            context.read();
        }
    }

    private void handOn(ChannelHandlerContext context) {
        if (handing) {
            return;
        }
        boolean any = false;
        handing = true;
        try {
            while (wanted && !waiting.isEmpty()) {
                wanted = false;
                any = true;
                context.fireChannelRead(waiting.poll());
            }
        } finally {
            handing = false;
        }
        if (any) {
            context.fireChannelReadComplete();
        }
        if (wanted && !context.isRemoved()) {
            context.read();
        }
    }

    /// What the other side sent before it left counts.
    @Override
    public void channelInactive(ChannelHandlerContext context) {
        while (!waiting.isEmpty()) {
            context.fireChannelRead(waiting.poll());
        }
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
