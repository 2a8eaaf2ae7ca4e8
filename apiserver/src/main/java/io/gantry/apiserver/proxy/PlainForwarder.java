package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.ResponseStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntPredicate;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes plain requests on and streams their answers. Thread-safe; [#forward] blocks until the answer's head is there.
public final class PlainForwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlainForwarder.class);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int ERROR_BYTES = 64 * 1024;

    private final HttpClient client;

    /// @param kubelets TLS with the API server's client certificate
    public PlainForwarder(SSLContext kubelets) {
        client = HttpClient.newBuilder()
                .sslContext(kubelets)
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(noProxy())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static ProxySelector noProxy() {
        return HttpClient.Builder.NO_PROXY;
    }

    /// The backend's answer, whatever its status is.
    ///
    /// @throws StatusException 503 when the backend cannot be reached
    public Response forward(Request request, Backend backend) {
        return answer(send(request, backend, true), status -> false);
    }

    /// The backend's answer where it is a success; otherwise its text as a Status.
    ///
    /// @throws StatusException with the backend's status, or 500 when it cannot be reached
    public Response read(Request request, Backend backend) {
        return answer(send(request, backend, false), status -> status >= 400);
    }

    private HttpResponse<InputStream> send(Request request, Backend backend, boolean all) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(backend.url()));
        if (all) {
            request.head().headers().forEach((name, value) -> {
                if (HopHeaders.requestField(name)) {
                    builder.header(name, value);
                }
            });
        }
        HttpRequest.BodyPublisher body = request.body().length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(request.body());
        try {
            return client.send(
                    builder.method(all ? request.head().method() : "GET", body).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(backend, e, all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.unavailable("the server is shutting down");
        }
    }

    private static StatusException unreachable(Backend backend, IOException cause, boolean proxied) {
        String message = "error dialing backend: " + backend.authority() + ": " + Causes.text(cause);
        return proxied
                ? StatusException.unavailable("error trying to reach service: " + message)
                : StatusException.of(500, "InternalError", message, null);
    }

    private static Response answer(HttpResponse<InputStream> response, IntPredicate failed) {
        if (failed.test(response.statusCode())) {
            throw failure(response);
        }
        Headers.Builder headers = new Headers.Builder();
        response.headers().map().forEach((name, values) -> {
            if (HopHeaders.responseField(name)) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        return new Response.Streamed(
                response.statusCode(),
                headers.build(),
                stream -> Thread.ofVirtual().name("proxy-answer").start(() -> copy(response.body(), stream)));
    }

    private static StatusException failure(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            String text = new String(in.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8).strip();
            return BackendFailure.of(response.statusCode(), text);
        } catch (IOException e) {
            return BackendFailure.of(response.statusCode(), Causes.text(e));
        }
    }

    private static void copy(InputStream in, ResponseStream out) {
        out.onClosed(() -> Thread.ofVirtual().name("proxy-close").start(() -> close(in)));
        byte[] buffer = new byte[BUFFER_BYTES];
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (count > 0) {
                    out.write(Unpooled.wrappedBuffer(Arrays.copyOf(buffer, count)));
                }
                if (!out.awaitWritable()) {
                    return;
                }
            }
            out.end();
        } catch (IOException e) {
            if (!out.isClosed()) {
                LOG.debug("a backend broke off", e);
                out.abort();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            out.abort();
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("a backend's answer could not be closed", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
