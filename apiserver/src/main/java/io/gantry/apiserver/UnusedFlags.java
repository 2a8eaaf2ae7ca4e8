package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.util.ArrayList;
import java.util.List;

/// Flags of upstream's API server that manifests and test programs give, and that change nothing here: what they set is
/// fixed, or there is nothing to set. They are taken, and told of in the log.
final class UnusedFlags {
    private static final List<String> NAMES = List.of(
            "contention-profiling",
            "default-not-ready-toleration-seconds",
            "default-unreachable-toleration-seconds",
            "default-watch-cache-size",
            "delete-collection-workers",
            "enable-aggregator-routing",
            "endpoint-reconciler-type",
            "etcd-compaction-interval",
            "etcd-count-metric-poll-period",
            "etcd-healthcheck-timeout",
            "etcd-readycheck-timeout",
            "external-hostname",
            "feature-gates",
            "kubelet-preferred-address-types",
            "kubelet-timeout",
            "livez-grace-period",
            "logging-format",
            "permit-address-sharing",
            "permit-port-sharing",
            "profiling",
            "request-timeout",
            "runtime-config",
            "storage-media-type",
            "tls-cipher-suites",
            "tls-min-version",
            "v",
            "vmodule",
            "watch-cache",
            "watch-cache-sizes");

    private UnusedFlags() {}

    /// Those that were given, as they were given.
    ///
    /// @throws IllegalArgumentException for a value that would have to change something
    static List<String> parse(Flags flags) {
        only(flags, "allow-privileged", "true");
        only(flags, "enable-bootstrap-token-auth", "true");
        only(flags, "service-account-lookup", "true");
        only(flags, "storage-backend", "etcd3");
        List<String> given = new ArrayList<>();
        for (String name : NAMES) {
            flags.all(name).forEach(value -> given.add("--" + name + "=" + value));
        }
        return given;
    }

    private static void only(Flags flags, String name, String fixed) {
        String value = flags.string(name, fixed);
        if (!value.equals(fixed)) {
            throw new IllegalArgumentException("--" + name + "=" + value + ": this server knows only " + fixed);
        }
    }
}
