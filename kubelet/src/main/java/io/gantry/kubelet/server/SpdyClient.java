package io.gantry.kubelet.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The client's side of SPDY/3.1 on blocking streams, as runtimes' streaming servers speak it: without flow control.
/// Netty's codec makes and reads the frames. One thread reads; any may write.
final class SpdyClient implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    /// Bytes of one stream; the last ones end it.
    record Data(int streamId, byte[] bytes, boolean last) {}

    private final InputStream in;
    private final OutputStream out;
    private final EmbeddedChannel decoder = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final EmbeddedChannel encoder = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int nextStream = 1;

    SpdyClient(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// Opens a stream and returns its number.
    int open(Map<String, String> headers) throws IOException {
        int id = nextStream;
        nextStream += 2;
        SpdySynStreamFrame frame = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
        headers.forEach((name, value) -> frame.headers().add(name, value));
        send(frame);
        return id;
    }

    /// @param last no more bytes follow on this stream
    void write(int streamId, byte[] bytes, boolean last) throws IOException {
        DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(streamId, Unpooled.wrappedBuffer(bytes));
        frame.setLast(last);
        send(frame);
    }

    private void send(Object frame) throws IOException {
        writing.lock();
        try {
            encoder.writeOutbound(frame);
            for (Object bytes = encoder.readOutbound(); bytes != null; bytes = encoder.readOutbound()) {
                ByteBuf buf = (ByteBuf) bytes;
                out.write(ByteBufUtil.getBytes(buf));
                buf.release();
            }
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /// The next bytes of any stream; empty when the connection ends.
    Optional<Data> read() throws IOException {
        while (true) {
            Object frame = decoder.readInbound();
            if (frame == null) {
                int n = in.read(buffer);
                if (n < 0) {
                    return Optional.empty();
                }
                decode(n);
                continue;
            }
            try {
                switch (frame) {
                    case SpdyDataFrame data -> {
                        return Optional.of(
                                new Data(data.streamId(), ByteBufUtil.getBytes(data.content()), data.isLast()));
                    }
                    case SpdyRstStreamFrame reset -> {
                        return Optional.of(new Data(reset.streamId(), new byte[0], true));
                    }
                    case SpdyPingFrame ping -> send(ping);
                    case SpdyGoAwayFrame bye -> {
                        return Optional.empty();
                    }
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(frame);
            }
        }
    }

    /// Netty hands on whatever its decoder throws, checked or not.
    private void decode(int length) throws IOException {
        try {
            decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, length));
        } catch (Exception malformed) {
            throw new IOException("SPDY: " + malformed.getMessage(), malformed);
        }
    }

    @Override
    public void close() {
        decoder.finishAndReleaseAll();
        encoder.finishAndReleaseAll();
    }
}
