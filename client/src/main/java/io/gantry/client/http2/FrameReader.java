package io.gantry.client.http2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the frames of a connection, and tells what they mean; the life of the connection's reading thread.
final class FrameReader implements Runnable {
    private static final int BUFFER_BYTES = 40 * 1024;
    private static final int MAX_HEAD_BYTES = 256 * 1024;
    private static final Duration TICK = Duration.ofSeconds(2);

    private final TlsSocket socket;
    private final Http2Connection connection;
    private final HeaderReader headers = new HeaderReader();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(0);
    private int headStream;
    private boolean headEnds;
    private long ticked = System.nanoTime();

    FrameReader(TlsSocket socket, Http2Connection connection) {
        this.socket = socket;
        this.connection = connection;
    }

    @Override
    public void run() {
        try {
            socket.readsWait(TICK);
            while (true) {
                read();
                buffer.flip();
                while (isWhole()) {
                    frame();
                }
                buffer.compact();
            }
        } catch (IOException e) {
            connection.end(e);
        } catch (RuntimeException e) {
            connection.end(new IOException("the server's frames cannot be understood", e));
        }
    }

    private void read() throws IOException {
        boolean came = true;
        try {
            socket.read(buffer);
        } catch (SocketTimeoutException e) {
            came = false;
        }
        long now = System.nanoTime();
        if (came) {
            connection.alive(now);
        }
        if (now - ticked >= TimeUnit.SECONDS.toNanos(1)) {
            ticked = now;
            connection.tick(now);
        }
    }

    private boolean isWhole() throws IOException {
        if (buffer.remaining() < Frames.HEAD_BYTES) {
            return false;
        }
        int length = length();
        if (length > Frames.DEFAULT_MAX_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return buffer.remaining() >= Frames.HEAD_BYTES + length;
    }

    private int length() {
        return buffer.getInt(buffer.position()) >>> 8;
    }

    private void frame() throws IOException {
        int length = length();
        int start = buffer.position();
        int type = buffer.get(start + 3);
        int flags = buffer.get(start + 4);
        int id = buffer.getInt(start + 5) & 0x7fffffff;
        int from = start + Frames.HEAD_BYTES;
        buffer.position(from + length);
        if (headStream != 0 && type != Frames.CONTINUATION) {
            throw new IOException("a frame within a head");
        }
        switch (type) {
            case Frames.DATA -> data(id, flags, from, length);
            case Frames.HEADERS -> headers(id, flags, from, length);
            case Frames.CONTINUATION -> continuation(id, flags, from, length);
            case Frames.RST_STREAM -> reset(id, buffer.getInt(from));
            case Frames.SETTINGS -> settings(flags, from, length);
            case Frames.PING -> {
                if ((flags & Frames.ACK) == 0) {
                    need(length >= 8);
                    connection.pinged(buffer.array(), from);
                }
            }
            case Frames.GOAWAY -> {
                need(length >= 8);
                connection.goingAway(buffer.getInt(from) & 0x7fffffff);
            }
            case Frames.WINDOW_UPDATE -> {
                need(length >= 4);
                connection.windowGrew(id, buffer.getInt(from) & 0x7fffffff);
            }
            case Frames.PUSH_PROMISE -> throw new IOException("the server pushes, which nobody allowed");
            default -> {}
        }
    }

    private static void need(boolean so) throws IOException {
        if (!so) {
            throw new IOException("a frame is too short");
        }
    }

    private void data(int id, int flags, int from, int length) throws IOException {
        int padding = (flags & Frames.PADDED) == 0 ? 0 : 1 + (buffer.get(from) & 0xff);
        need(padding <= length);
        connection.received(length);
        Http2Stream stream = connection.stream(id);
        if (stream == null) {
            return;
        }
        int first = (flags & Frames.PADDED) == 0 ? from : from + 1;
        stream.data(buffer.array(), first, length - padding);
        if ((flags & Frames.END_STREAM) != 0) {
            connection.finished(stream);
        }
    }

    private void headers(int id, int flags, int from, int length) throws IOException {
        int first = from;
        int left = length;
        if ((flags & Frames.PADDED) != 0) {
            left -= 1 + (buffer.get(first++) & 0xff);
        }
        if ((flags & Frames.PRIORITY) != 0) {
            first += 5;
            left -= 5;
        }
        need(left >= 0);
        headEnds = (flags & Frames.END_STREAM) != 0;
        if ((flags & Frames.END_HEADERS) != 0) {
            head(id, buffer.array(), first, first + left);
        } else {
            headStream = id;
            head.write(buffer.array(), first, left);
        }
    }

    private void continuation(int id, int flags, int from, int length) throws IOException {
        if (headStream == 0 || id != headStream || head.size() + length > MAX_HEAD_BYTES) {
            throw new IOException("a head that goes on where none began, or for too long");
        }
        head.write(buffer.array(), from, length);
        if ((flags & Frames.END_HEADERS) != 0) {
            byte[] block = head.toByteArray();
            headStream = 0;
            head.reset();
            head(id, block, 0, block.length);
        }
    }

    /// Heads of streams that nobody waits for are read too: the next ones build on them.
    private void head(int id, byte[] block, int from, int to) throws IOException {
        @Nullable Http2Stream stream = connection.stream(id);
        if (stream == null) {
            headers.read(block, from, to, (_, _) -> {});
            return;
        }
        headers.read(block, from, to, stream::field);
        stream.head();
        if (headEnds) {
            connection.finished(stream);
        }
    }

    private void reset(int id, int code) {
        Http2Stream stream = connection.stream(id);
        if (stream != null) {
            connection.reset(stream, code);
        }
    }

    private void settings(int flags, int from, int length) {
        if ((flags & Frames.ACK) != 0) {
            return;
        }
        for (int at = from; at + 6 <= from + length; at += 6) {
            connection.setting(buffer.getShort(at), buffer.getInt(at + 2) & 0xffffffffL);
        }
        connection.settingsEnd();
    }
}
