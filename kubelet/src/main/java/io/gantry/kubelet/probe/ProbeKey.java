package io.gantry.kubelet.probe;

/// Which probe of which container.
record ProbeKey(String containerId, ProbeKind kind) {}
