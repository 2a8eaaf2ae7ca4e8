package io.gantry.testing;

import java.util.List;

/// What a cluster is started with. Immutable; the `with…` methods give changed copies.
///
/// @param nodes how many simulated nodes it has from the start (`node-0`, `node-1`, …)
/// @param controllers whether the controller manager runs
/// @param scheduler whether the scheduler runs
/// @param apiServerFlags further flags of the API server, as its process takes them
public record ClusterOptions(int nodes, boolean controllers, boolean scheduler, List<String> apiServerFlags) {
    public ClusterOptions {
        apiServerFlags = List.copyOf(apiServerFlags);
    }

    /// Everything, with one node.
    public static ClusterOptions defaults() {
        return new ClusterOptions(1, true, true, List.of());
    }

    /// With this many simulated nodes from the start.
    public ClusterOptions withNodes(int number) {
        return new ClusterOptions(number, controllers, scheduler, apiServerFlags);
    }

    /// Without controller manager, scheduler and nodes: what envtest gives.
    public ClusterOptions apiServerOnly() {
        return new ClusterOptions(0, false, false, apiServerFlags);
    }

    /// With or without the controller manager.
    public ClusterOptions withControllers(boolean run) {
        return new ClusterOptions(nodes, run, scheduler, apiServerFlags);
    }

    /// With or without the scheduler.
    public ClusterOptions withScheduler(boolean run) {
        return new ClusterOptions(nodes, controllers, run, apiServerFlags);
    }

    /// With these flags of the API server in place of those before, e.g. `--audit-policy-file=…`.
    public ClusterOptions withApiServerFlags(String... flags) {
        return new ClusterOptions(nodes, controllers, scheduler, List.of(flags));
    }
}
