package io.gantry.dashboard;

import io.gantry.client.Kubeconfig;
import io.gantry.client.tls.ClientTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// The API server, reached with the kubeconfig's identity. Over HTTP/1.1, so that the number of streams of
/// one connection limits nobody's watches. Credentials are read again when their files change. Thread-safe,
/// blocking.
final class Upstream implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final String USER_AGENT = "gantry-dashboard/v1.36";

    private record Generation(
            long version, HttpClient client, @Nullable SSLContext tls, String token) {}

    private final Kubeconfig config;
    private final String base;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Generation generation;

    Upstream(Kubeconfig config) {
        this.config = config;
        String server = config.server().toString();
        this.base = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    }

    /// Sends a request and waits for the head of the answer, however long that takes; the caller closes the body.
    ///
    /// @param target path and query
    /// @throws IOException when there is no answer
    HttpResponse<InputStream> send(String method, String target, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        Generation now = current();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("User-Agent", USER_AGENT);
        headers.forEach(request::header);
        if (!now.token().isEmpty()) {
            request.header("Authorization", "Bearer " + now.token());
        }
        return now.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /// Opens a connection and asks on it to become a WebSocket; nothing is read yet. The caller closes it.
    ///
    /// @param headers those of the handshake
    Socket openWebSocket(String target, Map<String, String> headers) throws IOException {
        Generation now = current();
        Socket socket = connect(now.tls());
        StringBuilder head = new StringBuilder("GET " + URI.create(base).getRawPath() + target + " HTTP/1.1\r\n");
        head.append("Host: ").append(config.server().getRawAuthority()).append("\r\n");
        head.append("User-Agent: " + USER_AGENT + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!now.token().isEmpty()) {
            head.append("Authorization: Bearer ").append(now.token()).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    private Socket connect(@Nullable SSLContext tls) throws IOException {
        String host = config.server().getHost().replaceAll("[\\[\\]]", "");
        int port = config.server().getPort() >= 0 ? config.server().getPort() : tls == null ? 80 : 443;
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), (int) CONNECT_LIMIT.toMillis());
            plain.setTcpNoDelay(true);
            if (tls == null) {
                return plain;
            }
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Generation current() throws IOException {
        lock.lock();
        try {
            long version = config.version();
            if (generation == null || generation.version() != version) {
                // Watches of the old one go on; it ends with the last of them.
                Optional.ofNullable(generation).ifPresent(old -> old.client().shutdown());
                generation = open(version);
            }
            return generation;
        } catch (GeneralSecurityException e) {
            throw new IOException("the kubeconfig's credentials cannot be used: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private Generation open(long version) throws GeneralSecurityException {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER);
        SSLContext tls = null;
        if ("https".equals(config.server().getScheme())) {
            tls = ClientTls.context(
                    config.certificateAuthority(),
                    config.clientCertificate(),
                    config.clientKey(),
                    config.insecureSkipTlsVerify());
            client.sslContext(tls);
        }
        String token = new String(config.token().read(), StandardCharsets.UTF_8).strip();
        return new Generation(version, client.build(), tls, token);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Optional.ofNullable(generation).ifPresent(last -> last.client().shutdownNow());
        } finally {
            lock.unlock();
        }
    }
}
