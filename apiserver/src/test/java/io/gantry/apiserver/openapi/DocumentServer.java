package io.gantry.apiserver.openapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gantry.api.StatusException;
import io.gantry.api.kind.KindCatalog;
import io.gantry.apiserver.discovery.BuiltInDiscovery;
import io.gantry.apiserver.discovery.Discovery;
import io.gantry.apiserver.negotiation.Document;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves discovery and OpenAPI alone, for kubectl; creations are answered with what was sent, everything else is not
/// found.
final class DocumentServer implements AutoCloseable {
    private final Discovery discovery = new Discovery(BuiltInDiscovery.versions(KindCatalog.all()), "localhost:0");
    private final OpenApi openApi = new OpenApi(discovery.versions(), KindCatalog.all(), List.of(), "v1.36.0");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

    DocumentServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        byte[] sent = exchange.getRequestBody().readAllBytes();
        Document document;
        try {
            document = exchange.getRequestMethod().equals("POST")
                    ? new Document(201, Document.of("application/json", sent).headers(), sent)
                    : find(exchange).orElseGet(DocumentServer::missing);
        } catch (StatusException e) {
            document = new Document(e.code(), missing().headers(), new byte[0]);
        }
        document.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = document.body();
        exchange.sendResponseHeaders(document.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Optional<Document> find(HttpExchange exchange) {
        URI uri = exchange.getRequestURI();
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        String hash = query.startsWith("hash=") ? query.substring(5).split("&")[0] : "";
        if (uri.getPath().equals("/version")) {
            String version = "{\"major\":\"1\",\"minor\":\"36\",\"gitVersion\":\"v1.36.0\"}";
            return Optional.of(Document.of("application/json", version.getBytes(StandardCharsets.UTF_8)));
        }
        return discovery
                .answer(uri.getPath(), header(exchange, "Accept"), header(exchange, "If-None-Match"))
                .or(() -> openApi.answer(new OpenApiRequest(
                        uri.getPath(),
                        hash,
                        header(exchange, "Accept"),
                        header(exchange, "Accept-Encoding"),
                        header(exchange, "If-None-Match"))));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static Document missing() {
        byte[] status =
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}"
                        .getBytes(StandardCharsets.UTF_8);
        return new Document(404, Document.of("application/json", status).headers(), status);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
