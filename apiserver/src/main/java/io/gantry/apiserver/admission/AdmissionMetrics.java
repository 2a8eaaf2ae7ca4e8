package io.gantry.apiserver.admission;

import io.gantry.component.Counts;
import io.gantry.component.Histogram;
import java.util.List;

/// Upstream's metrics of admission: of plugins, webhooks and policies. Thread-safe.
public final class AdmissionMetrics {
    private static final int MAX_CODE = 600;
    private static final double[] PLUGIN_SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5};
    private static final double[] WEBHOOK_SECONDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25};

    private final Histogram controllers = new Histogram(
            "apiserver_admission_controller_admission_duration_seconds",
            List.of("name", "operation", "rejected", "type"),
            PLUGIN_SECONDS);
    private final Histogram steps = new Histogram(
            "apiserver_admission_step_admission_duration_seconds",
            List.of("operation", "rejected", "type"),
            PLUGIN_SECONDS);
    private final Histogram webhooks = new Histogram(
            "apiserver_admission_webhook_admission_duration_seconds",
            List.of("name", "operation", "rejected", "type"),
            WEBHOOK_SECONDS);
    private final Counts requests = Counts.counter(
            "apiserver_admission_webhook_request_total", "code", "name", "operation", "rejected", "type");
    private final Counts rejections = Counts.counter(
            "apiserver_admission_webhook_rejection_count", "error_type", "name", "operation", "rejection_code", "type");
    private final Counts failedOpen = Counts.counter("apiserver_admission_webhook_fail_open_count", "name", "type");
    private final Histogram checkTimes = new Histogram(
            "apiserver_validating_admission_policy_check_duration_seconds",
            List.of("enforcement_action", "error_type", "policy", "policy_binding"),
            0.0000005,
            0.001,
            0.01,
            0.1,
            1);
    private final Counts checks = Counts.counter(
            "apiserver_validating_admission_policy_check_total",
            "enforcement_action",
            "error_type",
            "policy",
            "policy_binding");

    /// What a webhook answered, or why it did not.
    public enum Outcome {
        ALLOWED("no_error"),
        DENIED("no_error"),
        /// It could not be asked, and that counts.
        FAILED("calling_webhook_error"),
        /// It could not be asked, and that does not count.
        FAILED_OPEN("calling_webhook_error");

        private final String error;

        Outcome(String error) {
            this.error = error;
        }
    }

    /// The times of a plugin's work on requests that it did not refuse.
    ///
    /// @param type `admit` or `validate`
    public Histogram.Cells accepted(String name, String operation, String type) {
        return controllers.of(name, operation, "false", type);
    }

    /// All plugins together, where none refused.
    public Histogram.Cells acceptedSteps(String operation, String type) {
        return steps.of(operation, "false", type);
    }

    /// @param type `admit` or `validate`
    public void plugin(String name, String operation, boolean rejected, String type, long nanos) {
        controllers.of(name, operation, Boolean.toString(rejected), type).observeNanos(nanos);
    }

    /// All plugins together.
    public void step(String operation, boolean rejected, String type, long nanos) {
        steps.of(operation, Boolean.toString(rejected), type).observeNanos(nanos);
    }

    /// @param code that it answered; 0 for none
    public void webhook(String name, String operation, boolean mutating, Outcome outcome, int code, long nanos) {
        String type = mutating ? "admit" : "validating";
        boolean rejected = outcome == Outcome.DENIED || outcome == Outcome.FAILED;
        String text = Integer.toString(Math.min(code, MAX_CODE));
        webhooks.of(name, operation, Boolean.toString(rejected), type).observeNanos(nanos);
        requests.of(text, name, operation, Boolean.toString(rejected), type).increment();
        if (rejected) {
            rejections.of(outcome.error, name, operation, text, type).increment();
        }
        if (outcome == Outcome.FAILED_OPEN) {
            failedOpen.of(name, type).increment();
        }
    }

    /// A policy's check of a request.
    ///
    /// @param action `allow`, `deny`, `warn` or `audit`
    public void policy(String policy, String binding, String action, String error, long nanos) {
        checks.of(action, error, policy, binding).increment();
        checkTimes.of(action, error, policy, binding).observeNanos(nanos);
    }

    /// Lines of Prometheus' text format.
    public String text() {
        return controllers.text()
                + steps.text()
                + webhooks.text()
                + requests.text()
                + rejections.text()
                + failedOpen.text()
                + checks.text()
                + checkTimes.text();
    }
}
