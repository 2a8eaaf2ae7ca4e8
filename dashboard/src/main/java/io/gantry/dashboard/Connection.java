package io.gantry.dashboard;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.client.Kubeconfig;
import io.gantry.dashboard.PageFiles.PageFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves one connection of a browser: one request, on the calling thread, which must be a virtual one of its own.
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /// Browsers open connections before they need them.
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

    private final Guard guard;
    private final Relay relay;
    private final StreamRelay streams;
    private final ShellRelay shells;
    private final byte[] session;

    Connection(Guard guard, Upstream upstream, Kubeconfig config) {
        this.guard = guard;
        this.relay = new Relay(upstream);
        this.streams = new StreamRelay(relay);
        this.shells = new ShellRelay(upstream);
        this.session = Json.MAPPER.writeValueAsBytes(
                Map.of("server", config.server().toString(), "namespace", config.namespace()));
    }

    /// Serves and closes it.
    void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) REQUEST_LIMIT.toMillis());
            serve(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (InterruptedException | IOException e) {
            LOG.debug("the browser went away", e);
        }
    }

    private void serve(Socket socket, InputStream in, OutputStream out) throws IOException, InterruptedException {
        try {
            Optional<Request> request = Request.read(in);
            if (request.isPresent()) {
                socket.setSoTimeout(0);
                answer(request.get(), in, out);
            }
        } catch (StatusException e) {
            Answer.failure(out, e);
        }
    }

    private void answer(Request request, InputStream in, OutputStream out) throws IOException, InterruptedException {
        guard.checkOrigin(request);
        if (request.path().equals("/") && guard.hasToken(request)) {
            Answer.page(303, "text/plain")
                    .with("Set-Cookie", guard.setCookie())
                    .with("Location", "/")
                    .write(out, new byte[0], false);
            return;
        }
        guard.checkSession(request);
        if (request.isWebSocket() && request.path().startsWith(StreamRelay.PREFIX + "/")) {
            streams.pass(request, in, out);
        } else if (request.isWebSocket()) {
            shells.pass(request, in, out);
        } else {
            Gone.watch(() -> in.skip(1));
            answerPlain(request, out);
        }
    }

    private void answerPlain(Request request, OutputStream out) throws IOException, InterruptedException {
        boolean headOnly = request.method().equals("HEAD");
        Optional<PageFile> file = request.isRead() ? PageFiles.find(request.path()) : Optional.empty();
        if (file.isPresent()) {
            Answer.page(200, file.get().type()).write(out, file.get().bytes(), headOnly);
        } else if (request.path().equals("/session")) {
            Answer.data(200, "application/json").write(out, session, headOnly);
        } else {
            relay.pass(request, out);
        }
    }
}
