package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.Probe;
import org.jspecify.annotations.Nullable;

/// The three probes, named as events name them.
enum ProbeKind {
    STARTUP("Startup"),
    LIVENESS("Liveness"),
    READINESS("Readiness");

    private final String title;

    ProbeKind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    @Nullable
    Probe of(Container container) {
        return switch (this) {
            case STARTUP -> container.startupProbe();
            case LIVENESS -> container.livenessProbe();
            case READINESS -> container.readinessProbe();
        };
    }
}
