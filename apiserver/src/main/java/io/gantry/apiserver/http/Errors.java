package io.gantry.apiserver.http;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.store.StoreUnavailableException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where exceptions become answers.
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /// A Status for any exception; bugs are logged.
    public static Response.Whole response(Request request, Exception failure) {
        return switch (failure) {
            case StatusException e -> status(e);
            case StoreUnavailableException e ->
                status(StatusException.internal("the store does not answer: " + e.getMessage()));
            case InterruptedException e -> {
                Thread.currentThread().interrupt();
                yield status(StatusException.unavailable("the server is shutting down"));
            }
            default -> {
                LOG.error(
                        "{} {} failed", request.head().method(), request.head().path(), failure);
                yield status(StatusException.internal(String.valueOf(failure.getMessage())));
            }
        };
    }

    /// The refusal of a request for which there is no memory now.
    static StatusException noMemory() {
        return StatusException.of(
                429,
                "TooManyRequests",
                "The server has no memory for this request now, please try again later.",
                StatusDetailsBuilder.builder().retryAfterSeconds(1).build());
    }

    /// A Status as an answer; one that asks for a retry carries `Retry-After`.
    public static Response.Whole status(StatusException e) {
        Headers.Builder headers =
                new Headers.Builder().add("cache-control", "no-cache, private").add("content-type", Response.JSON);
        var details = e.status().details();
        if (details != null && details.retryAfterSeconds() != null) {
            headers.add("retry-after", Integer.toString(details.retryAfterSeconds()));
        }
        Warnings.add(headers, e.warnings());
        byte[] body = (Json.MAPPER.writeValueAsString(e.status()) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Response.Whole(e.code(), headers.build(), Unpooled.wrappedBuffer(body));
    }
}
