package io.gantry.apiserver.http;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings requests to the handler, on the event loop where it can answer at once, else on a virtual thread each, and
/// turns exceptions into Status answers.
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Handler handler;
    private final ExecutorService threads;

    Dispatcher(Handler handler, ExecutorService threads) {
        this.handler = handler;
        this.threads = threads;
    }

    /// Called on the event loop.
    void dispatch(Request request, Exchange exchange) {
        Optional<Response> fast;
        try {
            fast = handler.handleOnLoop(request);
        } catch (StatusException e) {
            fast = Optional.of(error(e));
        } catch (RuntimeException e) {
            fast = Optional.of(internal(request, e));
        }
        if (fast.isPresent() && !Gzip.wanted(request, fast.get())) {
            respond(request, exchange, fast.get());
            return;
        }
        Optional<Response> answer = fast;
        try {
            threads.execute(() -> respond(request, exchange, answer.orElseGet(() -> handle(request))));
        } catch (RejectedExecutionException e) {
            respond(request, exchange, error(StatusException.unavailable("the server is shutting down")));
        }
    }

    private Response handle(Request request) {
        try {
            return handler.handle(request);
        } catch (StatusException e) {
            return error(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return error(StatusException.unavailable("the server is shutting down"));
        } catch (Exception e) {
            return internal(request, e);
        }
    }

    private void respond(Request request, Exchange exchange, Response response) {
        String auditId = UUID.randomUUID().toString();
        switch (response) {
            case Response.Whole whole ->
                exchange.send(Gzip.wanted(request, whole) ? Gzip.apply(whole) : whole.with("audit-id", auditId));
            case Response.Streamed streamed -> stream(exchange, streamed, auditId);
            case Response.Upgraded upgraded -> {
                if (exchange.canUpgrade()) {
                    exchange.upgrade(upgraded);
                } else {
                    exchange.send(error(StatusException.badRequest(
                            "Upgrade request required: this connection cannot leave HTTP/2")));
                }
            }
        }
    }

    private static void stream(Exchange exchange, Response.Streamed streamed, String auditId) {
        ResponseStream stream =
                exchange.open(streamed.status(), streamed.headers().with("audit-id", auditId));
        try {
            streamed.source().accept(stream);
        } catch (RuntimeException e) {
            LOG.error("a streamed answer broke", e);
            stream.abort();
        }
    }

    private static Response internal(Request request, Exception e) {
        LOG.error("{} {} failed", request.head().method(), request.head().path(), e);
        return error(StatusException.internal(String.valueOf(e.getMessage())));
    }

    /// A Status as an answer; 429 and 5xx that ask for a retry carry `Retry-After`.
    static Response.Whole error(StatusException e) {
        ByteBuf body = Unpooled.wrappedBuffer(statusBytes(e));
        Headers.Builder headers =
                new Headers.Builder().add("cache-control", "no-cache, private").add("content-type", Response.JSON);
        var details = e.status().details();
        if (details != null && details.retryAfterSeconds() != null) {
            headers.add("retry-after", Integer.toString(details.retryAfterSeconds()));
        }
        return new Response.Whole(e.code(), headers.build(), body);
    }

    private static byte[] statusBytes(StatusException e) {
        String json = Json.MAPPER.writeValueAsString(e.status());
        return String.format(Locale.ROOT, "%s\n", json).getBytes(StandardCharsets.UTF_8);
    }
}
