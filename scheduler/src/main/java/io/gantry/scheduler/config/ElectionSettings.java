package io.gantry.scheduler.config;

import io.gantry.api.decode.Arguments;
import java.time.Duration;

/// `leaderElection` of a configuration; upstream's defaults.
///
/// @param elect whether to wait for the lease at all
public record ElectionSettings(
        boolean elect,
        String namespace,
        String name,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /// The lease of a scheduler of this name.
    public static ElectionSettings of(boolean elect, String leaseName) {
        return new ElectionSettings(elect, "kube-system", leaseName, LEASE, RENEW, RETRY);
    }

    public ElectionSettings withElect(boolean wanted) {
        return new ElectionSettings(wanted, namespace, name, leaseDuration, renewDeadline, retryPeriod);
    }

    static ElectionSettings read(Arguments arguments) {
        String lock = arguments.text("resourceLock", "leases");
        if (!lock.equals("leases")) {
            arguments.invalid("resourceLock", lock, "resourceLock value must be \"leases\"");
        }
        ElectionSettings settings = new ElectionSettings(
                arguments.flag("leaderElect", true),
                arguments.text("resourceNamespace", "kube-system"),
                arguments.text("resourceName", "kube-scheduler"),
                arguments.duration("leaseDuration", LEASE),
                arguments.duration("renewDeadline", RENEW),
                arguments.duration("retryPeriod", RETRY));
        if (settings.leaseDuration.compareTo(settings.renewDeadline) <= 0) {
            arguments.invalid(
                    "leaseDuration", settings.renewDeadline, "LeaseDuration must be greater than RenewDeadline");
        }
        if (settings.renewDeadline.compareTo(settings.retryPeriod) <= 0) {
            arguments.invalid("renewDeadline", settings.retryPeriod, "RenewDeadline must be greater than RetryPeriod");
        }
        arguments.end();
        return settings;
    }
}
