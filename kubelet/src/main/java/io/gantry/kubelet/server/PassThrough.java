package io.gantry.kubelet.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Hands a client's upgrade to the runtime's streaming server as it is: both then speak with each other.
final class PassThrough {
    private static final Set<String> OWN = Set.of("host", "content-length", "transfer-encoding", "authorization");
    private static final Set<String> LISTS = Set.of("x-stream-protocol-version");

    private PassThrough() {}

    static void serve(HttpRequest request, HttpConnection client, URI target) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> {
            if (!OWN.contains(name)) {
                headers.put(name, LISTS.contains(name) ? request.headerList(name) : values);
            }
        });
        try (Backend backend = Backend.upgrade(target, request.method(), headers)) {
            client.out().write(backend.head().getBytes(StandardCharsets.ISO_8859_1));
            client.out().flush();
            if (!backend.upgraded()) {
                Pump.copy(backend.in(), client.out());
                return;
            }
            Pump.both(
                    client,
                    backend,
                    () -> Pump.offerAll(client.in(), backend.out()),
                    () -> Pump.copy(backend.in(), client.out()));
        }
    }
}
