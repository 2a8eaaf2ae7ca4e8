package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sandbox as observed.
///
/// @param attempt counts sandboxes of one pod from 0
/// @param ips empty on the host's network and in lists
/// @param hostNetwork whether it stands in the node's own network namespace
public record Sandbox(
        String id,
        PodIdentity pod,
        int attempt,
        boolean ready,
        Instant createdAt,
        List<String> ips,
        boolean hostNetwork,
        Map<String, String> labels,
        Map<String, String> annotations) {
    public Sandbox {
        ips = List.copyOf(ips);
        labels = Copies.map(labels);
        annotations = Copies.map(annotations);
    }
}
