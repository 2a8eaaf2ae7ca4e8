package io.gantry.client.http;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Status;
import io.gantry.client.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
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
    private final URI server;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REQUESTS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final RequestFigures figures;

    /// @param userAgent `component/version`; the part before the slash is the default field manager of writes
    public Transport(Kubeconfig config, String userAgent) {
        this.connections = new Connections(config, userAgent);
        this.server = config.server();
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
            Answer answer = attempt(call);
            if (answer.status() < 300) {
                return answer.reply();
            }
            StatusException failure = failure(answer);
            long seconds = retryAfter(answer);
            if (seconds < 0 || attempt >= MAX_RETRIES || !pause(Duration.ofSeconds(seconds))) {
                throw failure;
            }
        }
    }

    private Answer attempt(Call call) {
        long began = System.nanoTime();
        try {
            Answer answer = answered(call);
            figures.answered(call.method(), answer.status(), System.nanoTime() - began);
            return answer;
        } catch (StatusException e) {
            figures.failed(call.method(), System.nanoTime() - began);
            throw e;
        }
    }

    @Override
    public String metrics() {
        return figures.text();
    }

    private Answer answered(Call call) {
        try {
            if (call.shape() == Call.Shape.LINES) {
                return sendWatch(call);
            }
            permits.acquire();
            try {
                return connections.requests().send(call);
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

    private Answer sendWatch(Call call) throws IOException, InterruptedException, GeneralSecurityException {
        Link link = connections.beginWatch();
        try {
            Answer answer = link.send(call);
            if (answer.reply() instanceof Reply.Lines lines) {
                lines.lines().onClose(() -> connections.endWatch(link));
            } else {
                connections.endWatch(link);
            }
            return answer;
        } catch (IOException | InterruptedException | RuntimeException e) {
            connections.endWatch(link);
            throw e;
        }
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
    private static long retryAfter(Answer answer) {
        if (answer.retryAfter().isEmpty() || (answer.status() != 429 && answer.status() < 500)) {
            return -1;
        }
        try {
            long seconds = Long.parseLong(answer.retryAfter());
            return seconds < 0 ? -1 : Math.min(seconds, MAX_RETRY_AFTER_SECONDS);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static StatusException failure(Answer answer) {
        byte[] body = answer.reply() instanceof Reply.Whole whole ? whole.bytes() : new byte[0];
        return failure(answer.status(), body);
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
