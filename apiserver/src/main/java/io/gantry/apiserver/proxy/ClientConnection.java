package io.gantry.apiserver.proxy;

import io.gantry.apiserver.http.RawConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The client's side of a relay, as blocking calls for virtual threads. At most a few reads of Netty wait here: the
/// next one is asked for when the last is taken.
final class ClientConnection implements AutoCloseable {
    private final Channel channel;
    private final BlockingQueue<Optional<ByteBuf>> received = new LinkedBlockingQueue<>();

    ClientConnection(RawConnection raw) {
        channel = raw.channel();
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(new Reader());
        channel.closeFuture().addListener(closed -> received.add(Optional.empty()));
        channel.read();
    }

    /// The next bytes, empty at the end. The caller owns the array.
    Optional<byte[]> read() throws InterruptedException {
        Optional<ByteBuf> next = received.take();
        if (next.isEmpty()) {
            received.add(next);
            return Optional.empty();
        }
        ByteBuf bytes = next.get();
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        bytes.release();
        if (received.isEmpty()) {
            channel.read();
        }
        return Optional.of(copy);
    }

    /// Writes and waits until the bytes are on their way.
    ///
    /// @throws IOException when the client is gone
    void write(byte[] bytes, int count) throws IOException, InterruptedException {
        ChannelFuture written =
                channel.writeAndFlush(Unpooled.copiedBuffer(bytes, 0, count)).await();
        if (!written.isSuccess()) {
            throw new IOException("the client is gone", written.cause());
        }
    }

    /// Tells the client that nothing more comes, once everything written is out, and waits until it ends too.
    ///
    /// @param patience at the most
    void finish(Duration patience) throws InterruptedException {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        ChannelFuture told = tls == null ? channel.writeAndFlush(Unpooled.EMPTY_BUFFER) : tls.closeOutbound();
        told.addListener(sent -> {
            if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
        channel.closeFuture().await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Closes once everything written is out; what was received and not read is dropped.
    @Override
    public void close() {
        if (!channel.isOpen()) {
            drop();
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        channel.closeFuture().addListener(closed -> drop());
    }

    private void drop() {
        for (Optional<ByteBuf> next = received.poll(); next != null; next = received.poll()) {
            next.ifPresent(ByteBuf::release);
        }
        received.add(Optional.empty());
    }

    private final class Reader extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                received.add(Optional.of(bytes));
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (received.isEmpty()) {
                context.read();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
