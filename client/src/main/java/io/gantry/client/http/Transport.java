package io.gantry.client.http;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Status;
import io.gantry.client.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/// Sends requests to the API server and turns every failure into a [StatusException]: the server's own Status, or a 503
/// `ServiceUnavailable` (with the I/O error as cause) when there was no answer. Waits and repeats where the server asks
/// for it with `Retry-After`. Blocking and thread-safe.
public final class Transport implements Exchange {
    /// client-go's limit.
    private static final int MAX_RETRIES = 10;

    private static final long MAX_RETRY_AFTER_SECONDS = 30;

    /// Below the streams that a server allows a connection.
    private static final int MAX_CONCURRENT_REQUESTS = 80;

    private final Connections connections;
    private final String userAgent;
    private final URI server;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REQUESTS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RequestFigures figures;

    /// @param userAgent `component/version`; the part before the slash is the default field manager of writes
    public Transport(Kubeconfig config, String userAgent) {
        this.connections = new Connections(config);
        this.server = config.server();
        this.userAgent = userAgent;
        this.figures = new RequestFigures(config.server().getRawAuthority());
    }

    /// The address that requests go to.
    public URI server() {
        return server;
    }

    @Override
    public String name() {
        return server.toString();
    }

    @Override
    public Reply send(Call call) {
        for (int attempt = 0; ; attempt++) {
            HttpResponse<Reply> response = attempt(call);
            if (response.statusCode() < 300) {
                return response.body();
            }
            StatusException failure = failure(response);
            long seconds = retryAfter(response);
            if (seconds < 0 || attempt >= MAX_RETRIES || !pause(Duration.ofSeconds(seconds))) {
                throw failure;
            }
        }
    }

    private HttpResponse<Reply> attempt(Call call) {
        long began = System.nanoTime();
        try {
            HttpResponse<Reply> response = answered(call);
            figures.answered(call.method(), response.statusCode(), System.nanoTime() - began);
            return response;
        } catch (StatusException e) {
            figures.failed(call.method(), System.nanoTime() - began);
            throw e;
        }
    }

    @Override
    public String metrics() {
        return figures.text();
    }

    private HttpResponse<Reply> answered(Call call) {
        try {
            if (call.shape() == Call.Shape.LINES) {
                return sendWatch(call);
            }
            permits.acquire();
            try {
                return connections.requests().send(request(call), info -> subscriber(call, info.statusCode()));
            } finally {
                permits.release();
            }
        } catch (IOException | GeneralSecurityException | UncheckedIOException e) {
            throw unavailable(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(call, e);
        }
    }

    private HttpResponse<Reply> sendWatch(Call call)
            throws IOException, InterruptedException, GeneralSecurityException {
        HttpClient client = connections.beginWatch();
        try {
            HttpResponse<Reply> response = client.send(request(call), info -> subscriber(call, info.statusCode()));
            if (response.body() instanceof Reply.Lines lines) {
                lines.lines().onClose(() -> connections.endWatch(client));
                return response;
            }
            connections.endWatch(client);
            return response;
        } catch (IOException | InterruptedException | RuntimeException e) {
            connections.endWatch(client);
            throw e;
        }
    }

    private static HttpResponse.BodySubscriber<Reply> subscriber(Call call, int status) {
        Call.Shape shape = status < 300 ? call.shape() : Call.Shape.WHOLE;
        return switch (shape) {
            case WHOLE ->
                HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofByteArray(), Reply.Whole::new);
            case STREAMED ->
                HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), Reply.Streamed::new);
            case LINES -> HttpResponse.BodySubscribers.mapping(new LineStream(), Reply.Lines::new);
        };
    }

    private HttpRequest request(Call call) throws GeneralSecurityException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri(call.path()))
                .timeout(call.timeout())
                .header("User-Agent", userAgent)
                .method(
                        call.method(),
                        call.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(call.body()));
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            builder.header(header.getKey(), header.getValue());
        }
        String token = connections.token();
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        return builder.build();
    }

    private URI uri(String path) {
        String base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    private boolean pause(Duration time) {
        try {
            return !closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Seconds to wait before the request may be repeated; negative when it may not.
    private static long retryAfter(HttpResponse<Reply> response) {
        if (response.statusCode() != 429 && response.statusCode() < 500) {
            return -1;
        }
        try {
            return response.headers()
                    .firstValue("Retry-After")
                    .map(Long::parseLong)
                    .filter(seconds -> seconds >= 0)
                    .map(seconds -> Math.min(seconds, MAX_RETRY_AFTER_SECONDS))
                    .orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static StatusException failure(HttpResponse<Reply> response) {
        byte[] body = response.body() instanceof Reply.Whole whole ? whole.bytes() : new byte[0];
        return failure(response.statusCode(), body);
    }

    /// The error that an answer tells.
    static StatusException failure(int code, byte[] body) {
        try {
            Status status = Json.MAPPER.readValue(body, Status.class);
            if (status != null && status.reason() != null && status.code() != null) {
                return new StatusException(status);
            }
        } catch (JacksonException e) {
            // Not a Status: another server or a proxy in between answered; its text is the message.
        }
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return StatusException.of(code, reason(code), text.isEmpty() ? "HTTP " + code : text, null);
    }

    private static String reason(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 413 -> "RequestEntityTooLarge";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> code >= 500 ? "InternalError" : "Unknown";
        };
    }

    private StatusException unavailable(Call call, Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        StatusException failure = StatusException.unavailable(call.method() + " " + server + call.path() + ": " + why);
        failure.initCause(cause);
        return failure;
    }

    @Override
    public void close() {
        closed.countDown();
        connections.close();
    }
}
