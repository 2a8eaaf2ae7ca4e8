package io.gantry.apiserver.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A socket that sends whatever bytes a test wants.
final class RawClient implements AutoCloseable {
    private static final int READ_MILLIS = 10_000;

    private final Socket socket;

    RawClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(READ_MILLIS);
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /// Everything up to the end of the connection.
    String all() throws IOException {
        return new String(in().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// The first bytes that come.
    String some() throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int n = in().read(buffer);
        return n < 0 ? "" : new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
    }

    void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
