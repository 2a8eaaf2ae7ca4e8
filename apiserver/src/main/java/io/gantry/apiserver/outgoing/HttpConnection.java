package io.gantry.apiserver.outgoing;

import io.gantry.apiserver.http.Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.slf4j.LoggerFactory;

/// One connection to a server. One request at a time; once it left HTTP, one thread may read while another one writes.
public final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HANDSHAKE_MILLIS = 10_000;
    private static final int HEAD_BYTES = 64 * 1024;

    private final Destination destination;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile Deadline deadline = Deadline.none();

    private HttpConnection(Destination destination, Socket socket) throws IOException {
        this.destination = destination;
        this.socket = socket;
        this.in = new BufferedInputStream(new TimedInput(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /// Connects, with TLS where the destination wants it, and checks that the certificate is made for its name.
    static HttpConnection open(Destination to, Deadline deadline) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(to.host(), to.port()), deadline.millis(CONNECT_MILLIS));
            return new HttpConnection(
                    to, to.tls().isPresent() ? secure(plain, to, to.tls().get(), deadline) : plain);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secure(Socket plain, Destination to, SSLContext tls, Deadline deadline) throws IOException {
        plain.setSoTimeout(deadline.millis(HANDSHAKE_MILLIS));
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, to.name(), to.namedPort(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /// Every read of the socket ends at the deadline.
    private final class TimedInput extends FilterInputStream {
        TimedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            socket.setSoTimeout(deadline.millis(0));
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            socket.setSoTimeout(deadline.millis(0));
            try {
                return super.read(bytes, from, count);
            } catch (SocketTimeoutException e) {
                throw new SocketTimeoutException(Deadline.EXCEEDED);
            }
        }
    }

    Destination destination() {
        return destination;
    }

    /// Bounds what is read from now on.
    void bound(Deadline until) {
        deadline = until;
    }

    /// Sends a request.
    void write(OutgoingRequest request) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        if (request.headers().get("host") == null) {
            head.append("Host: ").append(destination.authority()).append("\r\n");
        }
        request.headers()
                .forEach((name, value) ->
                        canonical(head, name).append(": ").append(value).append("\r\n"));
        if (request.hasBody()) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + request.body().length);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(request.body());
        out.write(bytes.toByteArray());
        out.flush();
    }

    /// `Content-Type` for `content-type`, as Go writes it, for servers that look at the case.
    private static StringBuilder canonical(StringBuilder head, String name) {
        boolean first = true;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            head.append(first ? Character.toUpperCase(letter) : letter);
            first = letter == '-';
        }
        return head;
    }

    /// What stands before a body.
    @SuppressWarnings("ArrayRecordComponent")
    record Head(int status, Headers headers, byte[] bytes) {
        boolean keepsConnection() {
            return !"close".equalsIgnoreCase(headers.first("connection").orElse(""))
                    && new String(bytes, 0, 8, StandardCharsets.ISO_8859_1).equals("HTTP/1.1");
        }
    }

    /// Reads the head of the answer, after those that only tell to wait.
    ///
    /// @throws EOFException when the server closed before it said anything
    Head readHead() throws IOException {
        Head head = parse(headBytes());
        while (head.status() >= 100 && head.status() < 200 && head.status() != 101) {
            head = parse(headBytes());
        }
        return head;
    }

    private byte[] headBytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw bytes.size() == 0
                        ? new EOFException("the backend closed the connection before it answered")
                        : new IOException("unexpected EOF");
            }
            bytes.write(next);
            if (bytes.size() > HEAD_BYTES) {
                throw new IOException("the backend's answer has a head of more than " + HEAD_BYTES + " bytes");
            }
            boolean wanted = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = wanted ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return bytes.toByteArray();
    }

    private static Head parse(byte[] head) throws IOException {
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n");
        String[] first = lines[0].split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("\\d{3}")) {
            throw new IOException("the backend does not speak HTTP/1.1");
        }
        Headers.Builder headers = new Headers.Builder();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(
                        lines[i].substring(0, colon).strip(),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(first[1]), headers.build(), head);
    }

    /// The raw bytes from the server, behind the head.
    public InputStream in() {
        return in;
    }

    public OutputStream out() {
        return out;
    }

    /// Ends both directions; a thread that reads or writes gets an exception or the end.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(HttpConnection.class).debug("a backend could not be closed", e);
        }
    }
}
