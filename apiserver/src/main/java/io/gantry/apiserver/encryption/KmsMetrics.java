package io.gantry.apiserver.encryption;

import io.gantry.component.Counts;
import io.gantry.component.Digests;
import io.gantry.component.Histogram;
import java.util.HexFormat;
import java.util.List;

/// Upstream's metrics of KMS plugins, and of a configuration that is read again (`…/envelope/metrics`,
/// `…/encryptionconfig/metrics`). Thread-safe.
final class KmsMetrics {
    private static final List<String> LABELS = List.of("grpc_status_code", "method_name", "provider_name");
    private static final int BUCKETS = 20;
    private static final double FIRST_BUCKET = 0.0001;

    private final String server;
    private final Histogram latencies =
            new Histogram("apiserver_envelope_encryption_kms_operations_latency_seconds", LABELS, buckets());
    private final Counts reloads = Counts.counter(
            "apiserver_encryption_config_controller_automatic_reloads_total", "apiserver_id_hash", "status");

    /// @param server the name by which this server is known
    KmsMetrics(String server) {
        this.server = hash(server);
    }

    /// Each ends at twice the one before, as upstream's.
    private static double[] buckets() {
        double[] ends = new double[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            ends[i] = FIRST_BUCKET * (1L << i);
        }
        return ends;
    }

    /// How names of keys are shown.
    static String hash(String text) {
        return "sha256:" + HexFormat.of().formatHex(Digests.sha256(text));
    }

    /// @param code as Go names it
    /// @param method with its service, behind a slash
    void called(String provider, String method, String code, long nanos) {
        latencies.of(code, method, provider).observeNanos(nanos);
    }

    void reloaded(boolean done) {
        reloads.of(server, done ? "success" : "failure").increment();
    }

    /// In Prometheus' text format.
    String text() {
        return latencies.text() + reloads.text();
    }
}
