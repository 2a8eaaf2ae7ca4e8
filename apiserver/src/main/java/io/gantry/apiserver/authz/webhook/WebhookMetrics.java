package io.gantry.apiserver.authz.webhook;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.List;

/// Upstream's metrics of webhooks that authorize. Thread-safe.
final class WebhookMetrics {
    private static final double[] SECONDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final String NAME = "name";
    private static final String RESULT = "result";

    private final Counts evaluations =
            Counts.counter("apiserver_authorization_webhook_evaluations_total", NAME, RESULT);
    private final Counts failedOpen =
            Counts.counter("apiserver_authorization_webhook_evaluations_fail_open_total", NAME, RESULT);
    private final Histogram durations =
            new Histogram("apiserver_authorization_webhook_duration_seconds", List.of(NAME, RESULT), SECONDS);

    /// How one question ended.
    enum Result {
        SUCCESS("success"),
        TIMEOUT("timeout"),
        ERROR("error"),
        /// Who asked has gone.
        CANCELED("canceled");

        private final String label;

        Result(String label) {
            this.label = label;
        }
    }

    void asked(String webhook, Result result, long nanos) {
        evaluations.of(webhook, result.label).increment();
        durations.of(webhook, result.label).observe(nanos / 1e9);
    }

    /// The others decide, since the webhook could not be asked.
    void failedOpen(String webhook, Result result) {
        failedOpen.of(webhook, result.label).increment();
    }

    /// In Prometheus' text format.
    String text() {
        return evaluations.text() + failedOpen.text() + durations.text();
    }
}
