package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which protocol a log's WebSocket speaks.
class WebSocketOutputTest {
    @Test
    void theFirstKnownOneThatTheClientOffers() {
        assertEquals(Optional.of(""), WebSocketOutput.protocol(List.of()));
        assertEquals(Optional.of("binary.k8s.io"), WebSocketOutput.protocol(List.of("x", "binary.k8s.io")));
        assertEquals(
                Optional.of("base64.binary.k8s.io"),
                WebSocketOutput.protocol(List.of("base64.binary.k8s.io", "binary.k8s.io")));
        assertEquals(Optional.empty(), WebSocketOutput.protocol(List.of("x")));
    }
}
