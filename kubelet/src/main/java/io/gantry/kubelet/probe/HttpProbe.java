package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerPort;
import io.gantry.api.core.v1.pod.HTTPGetAction;
import io.gantry.api.core.v1.pod.HTTPHeader;
import io.gantry.api.resource.IntOrString;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A GET on a socket of its own: no proxy, no kept connection, no certificate checked (upstream `pkg/probe/http`).
/// Redirects are followed on the same host; one that leads elsewhere counts as success, with a warning.
final class HttpProbe implements Check {
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_LINE_BYTES = 8192;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY_BYTES = 10 << 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /// Where to ask and with which headers.
    record Target(URI url, Map<String, String> headers) {}

    private record Reply(int status, String location, String body) {
        boolean redirects() {
            return REDIRECTS.contains(status) && !location.isEmpty();
        }
    }

    private final Target target;
    private final Duration timeout;
    private final String agent;
    private final boolean statusCounts;

    private HttpProbe(Target target, Duration timeout, String agent, boolean statusCounts) {
        this.target = target;
        this.timeout = timeout;
        this.agent = agent;
        this.statusCounts = statusCounts;
    }

    static Check of(Target target, Duration timeout) {
        return new HttpProbe(target, timeout, "kube-probe/1.36", true);
    }

    /// A hook's request, which is done whatever is answered (upstream `runHTTPHandler`).
    static Outcome hook(Target target, Duration limit) {
        Duration timeout = limit.isZero() ? Duration.ofSeconds(30) : limit;
        return new HttpProbe(target, timeout, "kube-lifecycle/1.36", false).run();
    }

    /// The target of an action; a named port is one of the container's.
    static Target target(HTTPGetAction action, Container container, String podIp) {
        String scheme = Objects.requireNonNullElse(action.scheme(), "HTTP").toLowerCase(Locale.ROOT);
        String given = Objects.requireNonNullElse(action.host(), "");
        String host = given.isEmpty() ? podIp : given;
        String shownHost = host.contains(":") ? "[" + host + "]" : host;
        String path = Objects.requireNonNullElse(action.path(), "/");
        Map<String, String> headers = new LinkedHashMap<>();
        for (HTTPHeader header : action.httpHeaders()) {
            headers.put(header.name(), header.value());
        }
        String url = scheme + "://" + shownHost + ":" + port(action.port(), container)
                + (path.startsWith("/") ? path : "/" + path);
        return new Target(URI.create(url.replace(" ", "%20")), headers);
    }

    static int port(IntOrString port, Container container) {
        return switch (port) {
            case IntOrString.Int number -> number.value();
            case IntOrString.Text name ->
                container.ports().stream()
                        .filter(p -> name.value().equals(p.name()))
                        .map(ContainerPort::containerPort)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "couldn't find port: " + name.value() + " in container " + container.name()));
        };
    }

    @Override
    public Outcome run() {
        long deadline = System.nanoTime() + timeout.toNanos();
        URI url = target.url();
        try {
            for (int i = 0; i < MAX_REDIRECTS; i++) {
                Reply reply = request(url, deadline);
                if (reply.status() >= 200 && reply.status() < 300) {
                    return Outcome.SUCCESS;
                }
                if (reply.status() < 300 || reply.status() >= 400) {
                    return statusCounts
                            ? Outcome.failure("HTTP probe failed with statuscode: " + reply.status())
                            : Outcome.SUCCESS;
                }
                URI next = reply.redirects() ? url.resolve(reply.location()) : url;
                if (!reply.redirects()
                        || !Objects.equals(next.getHost(), target.url().getHost())) {
                    return statusCounts
                            ? Outcome.warning("Probe terminated redirects, Response body: " + reply.body())
                            : Outcome.SUCCESS;
                }
                url = next;
            }
            return Outcome.failure("Get \"" + url + "\": stopped after 10 redirects");
        } catch (SocketTimeoutException late) {
            return Outcome.failure("Get \"" + target.url()
                    + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
        } catch (ConnectException refused) {
            return Outcome.failure("Get \"" + target.url() + "\": " + TcpProbe.dialFailure(address(url), refused));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            return Outcome.failure("Get \"" + target.url() + "\": " + failure.getMessage());
        }
    }

    private static InetSocketAddress address(URI url) {
        int fallback = "https".equals(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        String host = Objects.requireNonNullElse(url.getHost(), "");
        return new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), url.getPort() < 0 ? fallback : url.getPort());
    }

    private Reply request(URI url, long deadline) throws IOException, GeneralSecurityException {
        try (Socket plain = new Socket()) {
            InetSocketAddress address = address(url);
            plain.connect(address, left(deadline));
            plain.setSoTimeout(left(deadline));
            if (!"https".equals(url.getScheme())) {
                return exchange(plain, url, deadline);
            }
            try (Socket secure = trustAll()
                    .getSocketFactory()
                    .createSocket(plain, address.getHostString(), address.getPort(), true)) {
                return exchange(secure, url, deadline);
            }
        }
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("timeout");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private Reply exchange(Socket socket, URI url, long deadline) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", url.getRawAuthority());
        headers.put("User-Agent", agent);
        headers.put("Accept", "*/*");
        target.headers().forEach((name, value) -> {
            headers.keySet().removeIf(known -> known.equalsIgnoreCase(name));
            headers.put(name, value);
        });
        headers.put("Connection", "close");
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder request = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return reply(new BufferedInputStream(socket.getInputStream()), socket, deadline);
    }

    private static Reply reply(InputStream in, Socket socket, long deadline) throws IOException {
        String[] status = line(in).split(" ", 3);
        if (status.length < 2 || !status[0].startsWith("HTTP/")) {
            throw new IOException("malformed HTTP response");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < MAX_HEADERS; i++) {
            socket.setSoTimeout(left(deadline));
            String header = line(in);
            if (header.isEmpty()) {
                break;
            }
            int colon = Math.max(0, header.indexOf(':'));
            headers.put(header.substring(0, colon), header.substring(colon + 1).trim());
        }
        int code = Integer.parseInt(status[1]);
        String body = code >= 300 && code < 400 ? body(in, headers) : "";
        return new Reply(code, headers.getOrDefault("Location", ""), body);
    }

    /// The beginning of what a redirect says: the server closes the connection after it.
    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        String length = headers.getOrDefault("Content-Length", "");
        boolean chunked = headers.getOrDefault("Transfer-Encoding", "").equalsIgnoreCase("chunked");
        byte[] body = chunked
                ? chunks(in)
                : in.readNBytes(
                        length.isEmpty() ? MAX_BODY_BYTES : (int) Math.min(MAX_BODY_BYTES, Long.parseLong(length)));
        return new String(body, StandardCharsets.UTF_8);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int size = chunkSize(in);
        while (size > 0 && body.size() < MAX_BODY_BYTES) {
            body.write(in.readNBytes(Math.min(size, MAX_BODY_BYTES - body.size())));
            if (body.size() < MAX_BODY_BYTES) {
                line(in);
                size = chunkSize(in);
            }
        }
        return body.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].trim(), 16);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("EOF");
            }
            if (line.size() > MAX_LINE_BYTES) {
                throw new IOException("header line too long");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static SSLContext trustAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverything()}, null);
        return context;
    }

    /// A probe asks whether the server answers, not who it is; upstream skips verification too.
    private static final class TrustEverything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
