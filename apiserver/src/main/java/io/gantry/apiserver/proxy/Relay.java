package io.gantry.apiserver.proxy;

import io.gantry.apiserver.outgoing.HttpConnection;
import io.gantry.component.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two connections as one pipe: a virtual thread each direction. The client's end ends the other. When the backend
/// ends, or takes no more, the client still gets all that it said and has [#LINGER] to end by itself: a connection
/// that is closed while it sends may lose what it was sent.
final class Relay {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final Duration LINGER = Duration.ofSeconds(1);

    private final ClientConnection client;
    private final HttpConnection backend;

    Relay(ClientConnection client, HttpConnection backend) {
        this.client = client;
        this.backend = backend;
    }

    /// Writes `head` to the client, then copies both ways. Returns at once.
    void start(byte[] head) {
        VirtualThreads.background().name("relay-to-client").start(() -> {
            run(() -> toClient(head));
            run(() -> client.finish(LINGER));
            end();
        });
        VirtualThreads.background().name("relay-to-backend").start(() -> {
            run(this::toBackend);
            end();
        });
    }

    private interface Direction {
        void copy() throws IOException, InterruptedException;
    }

    private static void run(Direction direction) {
        try {
            direction.copy();
        } catch (IOException e) {
            LOG.debug("a relay ends", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        client.close();
        backend.close();
    }

    private void toClient(byte[] head) throws IOException, InterruptedException {
        client.write(head, head.length);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int count = backend.in().read(buffer);
                count >= 0;
                count = backend.in().read(buffer)) {
            client.write(buffer, count);
        }
    }

    private void toBackend() throws InterruptedException {
        for (Optional<byte[]> bytes = client.read(); bytes.isPresent(); bytes = client.read()) {
            byte[] sent = bytes.get();
            run(() -> {
                backend.out().write(sent);
                backend.out().flush();
            });
        }
    }
}
