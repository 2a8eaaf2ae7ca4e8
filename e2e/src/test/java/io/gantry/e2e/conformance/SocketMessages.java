package io.gantry.e2e.conformance;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The messages of a WebSocket behind a Unix socket: a client of a few lines that never sends.
final class SocketMessages {
    private static final int CLOSE = 8;

    private SocketMessages() {}

    /// Reads until the server closes.
    static List<byte[]> read(Path socket, String path, String protocol) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Protocol: " + protocol + "\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
            String head = head(in);
            if (!head.startsWith("HTTP/1.1 101") || !head.contains(protocol)) {
                throw new AssertionError(head);
            }
            return messages(in);
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    private static List<byte[]> messages(DataInputStream in) throws IOException {
        List<byte[]> messages = new ArrayList<>();
        for (int first = in.read(); first >= 0 && (first & 15) != CLOSE; first = in.read()) {
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
            in.readFully(payload);
            messages.add(payload);
        }
        return messages;
    }
}
