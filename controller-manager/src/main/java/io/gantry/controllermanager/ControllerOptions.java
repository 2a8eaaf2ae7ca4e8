package io.gantry.controllermanager;

import io.gantry.api.schema.GoDurations;
import io.gantry.component.Flags;
import io.gantry.controllermanager.podautoscaler.AutoscalerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Settings of the controllers, from upstream's flags.
///
/// @param clusterCidr the pod addresses of the cluster
/// @param nodeCidrMaskSize the size of a node's part of them
/// @param signingCertificate the cluster's CA, absent when this process signs nothing
/// @param rootCa the CA that pods get to know, PEM file
/// @param ingressActivation the file that exists while there is an Ingress to serve; absent where none is served
public record ControllerOptions(
        boolean allocateNodeCidrs,
        String clusterCidr,
        int nodeCidrMaskSize,
        Optional<Path> signingCertificate,
        Optional<Path> signingKey,
        Duration signingDuration,
        Optional<Path> rootCa,
        Duration nodeMonitorGracePeriod,
        int terminatedPodGcThreshold,
        AutoscalerOptions autoscaling,
        Optional<Path> ingressActivation) {

    /// Reads the controllers' flags.
    public static ControllerOptions from(Flags flags) {
        return new ControllerOptions(
                flags.bool("allocate-node-cidrs", true),
                flags.string("cluster-cidr", "10.244.0.0/16"),
                flags.integer("node-cidr-mask-size", 24),
                flags.optionalPath("cluster-signing-cert-file"),
                flags.optionalPath("cluster-signing-key-file"),
                flags.parsed("cluster-signing-duration", "8760h", GoDurations::parse),
                flags.optionalPath("root-ca-file"),
                flags.parsed("node-monitor-grace-period", "50s", GoDurations::parse),
                flags.integer("terminated-pod-gc-threshold", 12500),
                autoscaling(flags),
                flags.optionalPath("ingress-activation-file"));
    }

    private static AutoscalerOptions autoscaling(Flags flags) {
        String prefix = "horizontal-pod-autoscaler-";
        AutoscalerOptions usual = AutoscalerOptions.DEFAULTS;
        return new AutoscalerOptions(
                flags.integer("concurrent-horizontal-pod-autoscaler-syncs", usual.workers()),
                flags.parsed(prefix + "sync-period", "15s", GoDurations::parse),
                flags.parsed(prefix + "downscale-stabilization", "5m", GoDurations::parse),
                Double.parseDouble(flags.string(prefix + "tolerance", Double.toString(usual.tolerance()))),
                flags.parsed(prefix + "cpu-initialization-period", "5m", GoDurations::parse),
                flags.parsed(prefix + "initial-readiness-delay", "30s", GoDurations::parse));
    }
}
