package io.gantry.client.http2;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// A TLS connection that one thread reads while another writes. Where the socket has several records, one call of the
/// system reads all of them, which the JDK's own TLS socket does not do.
final class TlsSocket implements AutoCloseable {
    private static final int READ_BYTES = 32 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final SSLEngine engine;
    private final ReentrantLock wrapping = new ReentrantLock();
    private final ByteBuffer encrypted;
    private final ByteBuffer sending;

    private TlsSocket(Socket socket, SSLEngine engine) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        this.encrypted = ByteBuffer.allocate(Math.max(READ_BYTES, packet)).limit(0);
        this.sending = ByteBuffer.allocate(packet);
    }

    /// Connects and shakes hands; the server's certificate must be one for the host.
    static TlsSocket connect(String host, int port, SSLContext context, Duration limit) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
            socket.setSoTimeout((int) limit.toMillis());
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            TlsSocket tls = new TlsSocket(socket, engine);
            tls.shakeHands();
            return tls;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// What both ends agreed to speak; empty when the server does not know such agreements.
    String protocol() {
        return engine.getApplicationProtocol();
    }

    /// How long a read waits.
    void readsWait(Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> write(new byte[0], 0, 0);
                case NEED_TASK -> runTasks();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapOne(nothing);
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void unwrapOne(ByteBuffer into) throws IOException {
        SSLEngineResult result = engine.unwrap(encrypted, into);
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> fill();
            case CLOSED -> throw new EOFException("the server closed the connection in its handshake");
            case BUFFER_OVERFLOW -> throw new SSLException("data before the end of the handshake");
            case OK -> {}
        }
    }

    private void runTasks() {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }

    private void fill() throws IOException {
        encrypted.compact();
        try {
            int read = in.read(encrypted.array(), encrypted.position(), encrypted.remaining());
            if (read < 0) {
                throw new EOFException("the server closed the connection");
            }
            encrypted.position(encrypted.position() + read);
        } finally {
            encrypted.flip();
        }
    }

    /// Reads what is there, at least one byte, into a buffer with room for a whole record.
    ///
    /// @throws SocketTimeoutException when nothing came in time; the next read goes on
    /// @throws EOFException at the end
    void read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (true) {
            SSLEngineResult result = engine.unwrap(encrypted, into);
            boolean any = into.position() > before;
            switch (result.getStatus()) {
                case OK -> afterRead(result);
                case BUFFER_UNDERFLOW -> {
                    if (any) {
                        return;
                    }
                    fill();
                }
                case BUFFER_OVERFLOW -> {
                    if (any) {
                        return;
                    }
                    throw new SSLException("no room for a record");
                }
                case CLOSED -> {
                    if (any) {
                        return;
                    }
                    throw new EOFException("the server closed the connection");
                }
            }
        }
    }

    /// Keys change now and then.
    private void afterRead(SSLEngineResult result) throws IOException {
        switch (result.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> write(new byte[0], 0, 0);
            default -> {}
        }
    }

    /// Writes all of it.
    void write(byte[] bytes, int from, int length) throws IOException {
        wrapping.lock();
        try {
            ByteBuffer source = ByteBuffer.wrap(bytes, from, length);
            do {
                sending.clear();
                SSLEngineResult result = engine.wrap(source, sending);
                if (result.getStatus() != SSLEngineResult.Status.OK) {
                    throw new SSLException("the connection is closed");
                }
                out.write(sending.array(), 0, sending.position());
            } while (source.hasRemaining());
        } finally {
            wrapping.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
