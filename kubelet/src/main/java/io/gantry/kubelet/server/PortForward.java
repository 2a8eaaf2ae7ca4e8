package io.gantry.kubelet.server;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Port forwarding: SPDY and the old WebSocket protocols go through as they are; SPDY inside a WebSocket is unwrapped.
final class PortForward {
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final String PROTOCOL = "portforward.k8s.io";
    private static final int BUFFER_BYTES = 16 * 1024;

    private PortForward() {}

    static void serve(HttpRequest request, HttpConnection client, URI target) throws IOException, HttpFailure {
        if (!request.upgrades()) {
            throw new HttpFailure(400, "Upgrade request required");
        }
        if (!WebSocket.offers(request, TUNNEL)) {
            PassThrough.serve(request, client, target);
            return;
        }
        try (Backend backend = Backend.spdy(target, PROTOCOL)) {
            if (!backend.upgraded()) {
                throw new HttpFailure(500, "the runtime refused to forward ports: " + backend.statusLine());
            }
            tunnel(WebSocket.accept(request, client, TUNNEL), client, backend);
        }
    }

    private static void tunnel(WebSocket socket, HttpConnection client, Backend backend) {
        Pump.both(
                client,
                backend,
                () -> {
                    for (Optional<WebSocket.Part> part = socket.read(); part.isPresent(); part = socket.read()) {
                        byte[] bytes = part.get().bytes();
                        Pump.offer(() -> {
                            backend.out().write(bytes);
                            backend.out().flush();
                        });
                    }
                },
                () -> {
                    byte[] buffer = new byte[BUFFER_BYTES];
                    for (int n = backend.in().read(buffer);
                            n >= 0;
                            n = backend.in().read(buffer)) {
                        socket.write(buffer, 0, n);
                    }
                    socket.close(WebSocket.NORMAL);
                });
    }
}
