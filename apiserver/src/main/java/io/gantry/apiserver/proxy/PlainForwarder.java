package io.gantry.apiserver.proxy;

import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.apiserver.outgoing.Deadline;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.outgoing.OutgoingHttp;
import io.gantry.apiserver.outgoing.OutgoingRequest;
import io.gantry.component.VirtualThreads;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes plain requests on and streams their answers. Thread-safe; [#forward] blocks until the answer's
/// head is there.
public final class PlainForwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlainForwarder.class);
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final int ERROR_BYTES = 64 * 1024;

    private final KubeletTls kubelets;
    private final OutgoingHttp http = new OutgoingHttp();

    /// @param kubelets TLS with the API server's client certificate
    public PlainForwarder(KubeletTls kubelets) {
        this.kubelets = kubelets;
    }

    /// The backend's answer, whatever its status is, with its links led through the proxy.
    ///
    /// @param prefix the path of the proxy as the client wrote it
    /// @throws StatusException 503 when the backend cannot be reached
    public Response forward(Request request, Backend backend, String prefix) {
        Route route = Route.of(backend, kubelets, forwarded(request, backend, prefix));
        String host = request.head().header("host").orElse("");
        return streamed(sent(request, route), Optional.of(new ProxiedLinks(prefix, backend.authority(), host)));
    }

    /// What tells the backend who asks, and how it was called.
    private static Headers forwarded(Request request, Backend backend, String prefix) {
        Headers.Builder headers = new Headers.Builder();
        request.head().header("host").ifPresent(host -> headers.add("host", host));
        int query = backend.target().indexOf('?');
        String path = query < 0 ? backend.target() : backend.target().substring(0, query);
        headers.add("x-forwarded-uri", prefix + path);
        List<String> hops = new ArrayList<>(request.head().headers().all("x-forwarded-for"));
        hops.add(request.head().remote().getHostString());
        return headers.add("x-forwarded-for", String.join(", ", hops)).build();
    }

    /// The answer of wherever a route leads, whatever its status is.
    ///
    /// @throws StatusException 503 when the backend cannot be reached
    public Response forward(Request request, Route route) {
        return streamed(sent(request, route), Optional.empty());
    }

    private OutgoingAnswer sent(Request request, Route route) {
        OutgoingRequest outgoing =
                new OutgoingRequest(request.head().method(), route.target(), route.headers(request), request.body());
        try {
            return http.send(route.to(), outgoing, Deadline.none(), Deadline.none());
        } catch (IOException e) {
            throw StatusException.unavailable("error trying to reach service: " + dialing(route, e));
        }
    }

    /// The backend's answer where it is a success; otherwise its text as a Status.
    ///
    /// @param what is read, as errors name it
    /// @throws StatusException with the backend's status, or 500 when it cannot be reached
    public Response read(Backend backend, String what) {
        Route route = Route.of(backend, kubelets);
        OutgoingRequest outgoing = new OutgoingRequest("GET", route.target(), Headers.NONE, new byte[0]);
        OutgoingAnswer answer;
        try {
            answer = http.send(route.to(), outgoing, Deadline.none(), Deadline.none());
        } catch (IOException e) {
            throw StatusException.of(500, "", "Get \"" + backend.url() + "\": " + Causes.text(e), null);
        }
        if (answer.status() >= 400) {
            throw failure(answer, what);
        }
        return streamed(answer, Optional.empty());
    }

    private static String dialing(Route route, IOException cause) {
        return "error dialing backend: " + route.to().address() + ": " + Causes.text(cause);
    }

    /// @param links how to change links, for answers that may hold some
    private static Response streamed(OutgoingAnswer answer, Optional<ProxiedLinks> links) {
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach((name, value) -> {
            if (HopHeaders.responseField(name) && !(links.isPresent() && HopHeaders.ofOtherOrigins(name))) {
                headers.add(name, name.equals("location") ? rewritten(links, value) : value);
            }
        });
        if (links.isPresent() && isPage(answer.headers())) {
            return page(answer, headers.build(), links.get());
        }
        return new Response.Streamed(
                answer.status(),
                headers.build(),
                stream -> VirtualThreads.background().name("proxy-answer").start(() -> copy(answer.body(), stream)));
    }

    private static String rewritten(Optional<ProxiedLinks> links, String value) {
        return links.map(how -> how.rewrite(value)).orElse(value);
    }

    private static boolean isPage(Headers headers) {
        String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
        return type.split(";", 2)[0].strip().equals("text/html")
                && headers.get("content-encoding") == null
                && headers.get("location") == null;
    }

    /// The page with its links changed; one that is too long for that stays as it is. Bytes that are no
    /// ASCII are not touched, whatever they mean.
    private static Response page(OutgoingAnswer answer, Headers headers, ProxiedLinks links) {
        InputStream body = answer.body();
        byte[] start;
        try {
            start = body.readNBytes(PAGE_BYTES + 1);
        } catch (IOException e) {
            close(body);
            throw StatusException.unavailable("error trying to reach service: " + Causes.text(e));
        }
        if (start.length > PAGE_BYTES) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), body);
            return new Response.Streamed(
                    answer.status(),
                    headers,
                    stream -> VirtualThreads.background().name("proxy-answer").start(() -> copy(whole, stream)));
        }
        close(body);
        String page = HtmlLinks.rewrite(new String(start, StandardCharsets.ISO_8859_1), links::rewrite);
        return new Response.Whole(
                answer.status(), headers, Unpooled.wrappedBuffer(page.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static StatusException failure(OutgoingAnswer answer, String what) {
        try (answer) {
            String text = new String(answer.bytes(ERROR_BYTES), StandardCharsets.UTF_8).strip();
            return BackendFailure.of(answer.status(), text, what);
        } catch (IOException e) {
            return BackendFailure.of(answer.status(), Causes.text(e), what);
        }
    }

    private static void copy(InputStream in, ResponseStream out) {
        out.onClosed(() -> VirtualThreads.background().name("proxy-close").start(() -> close(in)));
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
        http.close();
    }
}
