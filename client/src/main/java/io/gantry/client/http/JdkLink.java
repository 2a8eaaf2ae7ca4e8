package io.gantry.client.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Over HTTP/1.1 with the JDK's client: to servers without TLS, and to those that speak no HTTP/2.
final class JdkLink implements Link {
    private final URI server;
    private final Identity identity;
    private final HttpClient client;

    JdkLink(URI server, @Nullable SSLContext tls, Identity identity, Duration connectLimit, ExecutorService executor) {
        this.server = server;
        this.identity = identity;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(connectLimit)
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
    }

    @Override
    public Answer send(Call call) throws IOException, InterruptedException {
        HttpResponse<Reply> response = client.send(request(call), info -> subscriber(call, info.statusCode()));
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Retry-After").orElse(""),
                response.body());
    }

    private static HttpResponse.BodySubscriber<Reply> subscriber(Call call, int status) {
        Call.Shape shape = status < 300 ? call.shape() : Call.Shape.WHOLE;
        return switch (shape) {
            case WHOLE ->
                HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(), Reply.Whole::new);
            case STREAMED ->
                HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), Reply.Streamed::new);
            case LINES ->
                HttpResponse.BodySubscribers.mapping(
                        new SubscribedChunks(), chunks -> new Reply.Lines(new LineStream(chunks)));
        };
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri(call.path()))
                .timeout(call.timeout())
                .header("User-Agent", identity.userAgent())
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            builder.header(header.getKey(), header.getValue());
        }
        if (!identity.token().isEmpty()) {
            builder.header("Authorization", "Bearer " + identity.token());
        }
        return builder.build();
    }

    private URI uri(String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    @Override
    public void retire() {
        client.shutdown();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
