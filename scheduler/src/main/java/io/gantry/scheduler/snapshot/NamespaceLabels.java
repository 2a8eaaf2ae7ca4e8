package io.gantry.scheduler.snapshot;

import java.util.Map;

/// Labels of namespaces by name; empty for an unknown namespace.
@FunctionalInterface
public interface NamespaceLabels {
    Map<String, String> of(String namespace);
}
