package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.audit.Delivery;
import io.gantry.apiserver.audit.LogSettings;
import io.gantry.apiserver.audit.WebhookSettings;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The flags of auditing (upstream `k8s.io/apiserver/pkg/server/options/audit.go`).
///
/// @param policy without it nothing is logged
/// @param log a file, or standard output
/// @param webhook a server elsewhere
record AuditFlags(Optional<Path> policy, Optional<LogSettings> log, Optional<WebhookSettings> webhook) {
    private static final String LOG = "audit-log-";
    private static final String WEBHOOK = "audit-webhook-";
    private static final int BUFFER = 10_000;
    private static final int BATCH = 400;
    private static final String EVENT_BYTES = Integer.toString(100 * 1024);
    private static final String BATCH_BYTES = Integer.toString(10 * 1024 * 1024);

    /// @throws IllegalArgumentException for values that upstream refuses, and for the log's `legacy` format
    static AuditFlags parse(Flags flags) {
        return new AuditFlags(flags.optionalPath("audit-policy-file"), log(flags), webhook(flags));
    }

    /// Upstream's log holds answers up by default; this one writes together what comes together.
    private static Optional<LogSettings> log(Flags flags) {
        Optional<String> path = flags.optional(LOG + "path");
        only(flags, LOG + "format", "json");
        only(flags, LOG + "version", "audit.k8s.io/v1");
        LogSettings settings = new LogSettings(
                path.orElse(""),
                notNegative(flags, LOG + "maxsize", 100),
                notNegative(flags, LOG + "maxbackup", 100),
                notNegative(flags, LOG + "maxage", 366),
                flags.bool(LOG + "compress", false),
                delivery(flags, LOG, "0s", false));
        return path.map(there -> settings);
    }

    private static Optional<WebhookSettings> webhook(Flags flags) {
        Optional<Path> kubeconfig = flags.optionalPath(WEBHOOK + "config-file");
        only(flags, WEBHOOK + "version", "audit.k8s.io/v1");
        Duration older = flags.parsed(WEBHOOK + "batch-initial-backoff", "10s", GoDurations::parse);
        Duration pause = flags.parsed(WEBHOOK + "initial-backoff", GoDurations.text(older), GoDurations::parse);
        Delivery delivery = delivery(flags, WEBHOOK, "30s", true);
        return kubeconfig.map(file -> new WebhookSettings(file, pause, delivery));
    }

    private static Delivery delivery(Flags flags, String prefix, String maxWait, boolean throttled) {
        Delivery.Mode mode = flags.parsed(prefix + "mode", Delivery.Mode.BATCH.text(), AuditFlags::mode);
        Delivery.Throttle throttle = new Delivery.Throttle(
                flags.parsed(prefix + "batch-throttle-qps", throttled ? "10" : "0", Double::parseDouble),
                flags.integer(prefix + "batch-throttle-burst", throttled ? 15 : 0));
        boolean limited = flags.bool(prefix + "batch-throttle-enable", throttled);
        Delivery.Batching batching = new Delivery.Batching(
                flags.integer(prefix + "batch-buffer-size", BUFFER),
                flags.integer(prefix + "batch-max-size", BATCH),
                flags.parsed(prefix + "batch-max-wait", maxWait, GoDurations::parse),
                limited ? Optional.of(throttle) : Optional.empty());
        if (mode == Delivery.Mode.BATCH) {
            positive(prefix + "batch-buffer-size", batching.bufferSize());
            positive(prefix + "batch-max-size", batching.maxSize());
            batching.throttle().ifPresent(limit -> {
                positive(prefix + "batch-throttle-qps", limit.qps());
                positive(prefix + "batch-throttle-burst", limit.burst());
            });
        }
        return new Delivery(mode, batching, truncation(flags, prefix));
    }

    /// Events come one by one to where they are made smaller, upstream too: the limit of batches changes nothing.
    private static Optional<Delivery.Truncation> truncation(Flags flags, String prefix) {
        long event = flags.parsed(prefix + "truncate-max-event-size", EVENT_BYTES, Long::parseLong);
        long batch = flags.parsed(prefix + "truncate-max-batch-size", BATCH_BYTES, Long::parseLong);
        positive(prefix + "truncate-max-event-size", event);
        if (batch < event) {
            throw new IllegalArgumentException("--" + prefix + "truncate-max-batch-size=" + batch
                    + ": must be greater than max event size (" + event + ")");
        }
        return flags.bool(prefix + "truncate-enabled", false)
                ? Optional.of(new Delivery.Truncation(event))
                : Optional.empty();
    }

    private static Delivery.Mode mode(String text) {
        return Arrays.stream(Delivery.Mode.values())
                .filter(mode -> mode.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("allowed modes are "
                        + Arrays.stream(Delivery.Mode.values())
                                .map(Delivery.Mode::text)
                                .collect(Collectors.joining(","))));
    }

    private static void only(Flags flags, String name, String fixed) {
        String value = flags.string(name, fixed);
        if (!value.equals(fixed)) {
            throw new IllegalArgumentException("--" + name + "=" + value + ": this server knows only " + fixed);
        }
    }

    private static int notNegative(Flags flags, String name, int fallback) {
        int value = flags.integer(name, fallback);
        if (value < 0) {
            throw new IllegalArgumentException("--" + name + " " + value + " can't be a negative number");
        }
        return value;
    }

    private static void positive(String name, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("--" + name + " must be a positive number");
        }
    }
}
