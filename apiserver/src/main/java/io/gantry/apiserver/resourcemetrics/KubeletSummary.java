package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.outgoing.Deadline;
import io.gantry.apiserver.outgoing.Destination;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.outgoing.OutgoingHttp;
import io.gantry.apiserver.outgoing.OutgoingRequest;
import io.gantry.apiserver.proxy.Backend;
import io.gantry.apiserver.proxy.NodeTargets;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Asks kubelets for `/stats/summary`, with the API server's certificate. Thread-safe; blocks.
final class KubeletSummary implements AutoCloseable {
    private static final String TARGET = "/stats/summary?only_cpu_and_memory=true";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BODY_BYTES = 16 * 1024 * 1024;

    private final OutgoingHttp http = new OutgoingHttp();
    private final SSLContext tls;

    /// @param tls toward kubelets
    KubeletSummary(SSLContext tls) {
        this.tls = tls;
    }

    /// @throws IOException when the kubelet does not answer as it should within five seconds
    Sample ask(String name, JsonNode node) throws IOException {
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            Backend kubelet = NodeTargets.kubelet(node, name, TARGET);
            OutgoingRequest request =
                    new OutgoingRequest("GET", TARGET, Headers.of("user-agent", "kube-apiserver"), new byte[0]);
            Destination to = Destination.of(kubelet.host(), kubelet.port(), Optional.of(tls));
            try (OutgoingAnswer answer = http.send(to, request, deadline, deadline)) {
                byte[] body = answer.bytes(BODY_BYTES);
                if (answer.status() != 200) {
                    throw new IOException("status " + answer.status());
                }
                return SummaryReader.read(Json.MAPPER.readTree(body));
            }
        } catch (StatusException | JacksonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
