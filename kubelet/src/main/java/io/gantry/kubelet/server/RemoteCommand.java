package io.gantry.kubelet.server;

import io.gantry.kubelet.runtime.StreamOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Exec and attach. What the runtime speaks goes through as it is; WebSocket `v5.channel.k8s.io`, which can half-close
/// stdin, is translated to SPDY.
final class RemoteCommand {
    private static final String V5 = "v5.channel.k8s.io";
    private static final String V4 = "v4.channel.k8s.io";
    private static final int CLOSE_CHANNEL = 255;

    private RemoteCommand() {}

    /// Channels of the WebSocket protocol, in the order of their numbers.
    private enum Channel {
        STDIN("stdin"),
        STDOUT("stdout"),
        STDERR("stderr"),
        ERROR("error"),
        RESIZE("resize");

        private final String streamType;

        Channel(String streamType) {
            this.streamType = streamType;
        }

        boolean wanted(StreamOptions options) {
            return switch (this) {
                case STDIN -> options.stdin();
                case STDOUT -> options.stdout();
                case STDERR -> options.stderr();
                case ERROR -> true;
                case RESIZE -> options.tty();
            };
        }
    }

    static void serve(HttpRequest request, HttpConnection client, URI target, StreamOptions options)
            throws IOException, HttpFailure {
        if (!request.upgrades()) {
            throw new HttpFailure(400, "Upgrade request required");
        }
        if (!WebSocket.offers(request, V5)) {
            PassThrough.serve(request, client, target);
            return;
        }
        try (Backend backend = Backend.spdy(target, V4);
                SpdyClient spdy = new SpdyClient(backend.in(), backend.out())) {
            if (!backend.upgraded()) {
                throw new HttpFailure(500, "the runtime refused the stream: " + backend.statusLine());
            }
            new Translation(WebSocket.accept(request, client, V5), spdy, client, backend).run(options);
        }
    }

    /// Something for a channel. The first byte of a message names the channel, for all of the message.
    private record Input(int channel, byte[] bytes) {
        static final Input NONE = new Input(Channel.STDIN.ordinal(), new byte[0]);

        Input followedBy(WebSocket.Part part) {
            byte[] bytes = part.bytes();
            return part.begins() && bytes.length > 0
                    ? new Input(bytes[0] & 0xFF, Arrays.copyOfRange(bytes, 1, bytes.length))
                    : new Input(channel, bytes);
        }
    }

    /// One translated session.
    private record Translation(WebSocket socket, SpdyClient spdy, HttpConnection client, Backend backend) {
        void run(StreamOptions options) throws IOException {
            int[] streams = new int[Channel.values().length];
            for (Channel channel :
                    List.of(Channel.ERROR, Channel.STDIN, Channel.STDOUT, Channel.STDERR, Channel.RESIZE)) {
                if (channel.wanted(options)) {
                    streams[channel.ordinal()] = spdy.open(Map.of("streamtype", channel.streamType));
                }
            }
            Pump.both(client, backend, () -> toRuntime(streams), () -> toClient(streams, options));
        }

        private void toRuntime(int[] streams) throws IOException {
            Input input = Input.NONE;
            for (Optional<WebSocket.Part> part = socket.read(); part.isPresent(); part = socket.read()) {
                Input next = input.followedBy(part.get());
                if (next.bytes().length > 0) {
                    Pump.offer(() -> toRuntime(streams, next));
                }
                input = next;
            }
        }

        private void toRuntime(int[] streams, Input input) throws IOException {
            int channel = input.channel();
            if (channel == CLOSE_CHANNEL) {
                int closed = input.bytes()[0] & 0xFF;
                if (closed == Channel.STDIN.ordinal() && streams[closed] != 0) {
                    spdy.write(streams[closed], new byte[0], true);
                }
            } else if (channel < streams.length && streams[channel] != 0) {
                spdy.write(streams[channel], input.bytes(), false);
            }
        }

        /// Ends when the runtime has closed all streams toward the client. Upstream's empty message, which tells that
        /// the connection is there, waits for the runtime's first word: kubectl takes messages that come before
        /// it has made its streams for a fault.
        private void toClient(int[] streams, StreamOptions options) throws IOException {
            int greeting = options.stdout() ? Channel.STDOUT.ordinal() : Channel.ERROR.ordinal();
            boolean greeted = false;
            int open = 1 + (options.stdout() ? 1 : 0) + (options.stderr() ? 1 : 0);
            while (open > 0) {
                Optional<SpdyClient.Data> next = spdy.read();
                if (next.isEmpty()) {
                    break;
                }
                if (!greeted) {
                    socket.write(new byte[] {(byte) greeting}, 0, 1);
                    greeted = true;
                }
                int channel = channel(streams, next.get().streamId());
                byte[] bytes = next.get().bytes();
                if (channel >= 0 && bytes.length > 0) {
                    byte[] message = new byte[bytes.length + 1];
                    message[0] = (byte) channel;
                    System.arraycopy(bytes, 0, message, 1, bytes.length);
                    socket.write(message, 0, message.length);
                }
                boolean output = channel == Channel.STDOUT.ordinal()
                        || channel == Channel.STDERR.ordinal()
                        || channel == Channel.ERROR.ordinal();
                open -= next.get().last() && output ? 1 : 0;
            }
            socket.close(WebSocket.NORMAL);
        }

        private static int channel(int[] streams, int id) {
            for (int i = 0; i < streams.length; i++) {
                if (streams[i] == id) {
                    return i;
                }
            }
            return -1;
        }
    }
}
