package io.gantry.apiserver.proxy;

import io.gantry.apiserver.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A connection to a backend that may leave HTTP/1.1. Blocking: for virtual threads. One thread may read while another
/// one writes.
final class BackendConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HEAD_MILLIS = 30_000;
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int BODY_BYTES = 1024 * 1024;

    /// The head of an answer.
    record Answer(int status, Headers headers, byte[] head) {}

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private BackendConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// Connects, with TLS where the backend wants it, and checks its certificate against its address.
    static BackendConnection open(Backend backend, SSLContext tls) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(backend.host(), backend.port()), CONNECT_MILLIS);
            if (!backend.tls()) {
                return new BackendConnection(plain);
            }
            plain.setSoTimeout(HEAD_MILLIS);
            SSLSocket secure =
                    (SSLSocket) tls.getSocketFactory().createSocket(plain, backend.host(), backend.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return new BackendConnection(secure);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// Sends a request without a body that asks to leave HTTP, and reads the answer's head.
    Answer upgrade(String method, Backend backend, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(backend.target()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(backend.authority()).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(method.equals("POST") ? "Content-Length: 0\r\n\r\n" : "\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        socket.setSoTimeout(HEAD_MILLIS);
        Answer answer = readHead();
        socket.setSoTimeout(0);
        return answer;
    }

    private Answer readHead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the backend closed the connection before it answered");
            }
            bytes.write(next);
            if (bytes.size() > HEAD_BYTES) {
                throw new IOException("the backend's answer has a head of more than " + HEAD_BYTES + " bytes");
            }
            boolean wanted = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = wanted ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return parse(bytes.toByteArray());
    }

    private static Answer parse(byte[] head) throws IOException {
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
        return new Answer(Integer.parseInt(first[1]), headers.build(), head);
    }

    /// The body of an answer that stays in HTTP, cut at 1 MiB.
    byte[] body(Answer answer) throws IOException {
        socket.setSoTimeout(HEAD_MILLIS);
        String length = answer.headers().first("content-length").orElse("");
        if (length.matches("\\d{1,9}")) {
            return in.readNBytes(Math.min(Integer.parseInt(length), BODY_BYTES));
        }
        boolean chunked = answer.headers().first("transfer-encoding").orElse("").equalsIgnoreCase("chunked");
        return chunked ? chunks() : in.readNBytes(BODY_BYTES);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < BODY_BYTES) {
            String size = line().split(";")[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,6}") || Integer.parseInt(size, 16) == 0) {
                break;
            }
            bytes.write(in.readNBytes(Integer.parseInt(size, 16)));
            line();
        }
        return bytes.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n' && line.length() < HEAD_BYTES; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /// Ends both directions; a thread that reads or writes gets an exception or the end.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(BackendConnection.class).debug("a backend could not be closed", e);
        }
    }
}
