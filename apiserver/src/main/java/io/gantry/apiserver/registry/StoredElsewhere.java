package io.gantry.apiserver.registry;

import io.gantry.api.kind.Kind;
import java.util.Optional;
import java.util.Set;

/// Kinds that are served in two versions and stored in one.
///
/// @param group of the stored version
/// @param version the stored version
record StoredElsewhere(String group, String version, Conversion conversion) {
    private static final Set<String> AUTOSCALERS = Set.of("autoscaling/v1", "autoscaling/v2");
    private static final Set<String> EVENTS = Set.of("v1", "events.k8s.io/v1");

    /// The versions of a kind, each as `group/version`.
    static Set<String> versions(Kind<?> kind) {
        String own = kind.apiVersion();
        return switch (kind.plural()) {
            case "horizontalpodautoscalers" -> AUTOSCALERS;
            case "events" -> EVENTS;
            default -> Set.of(own);
        };
    }

    static Optional<StoredElsewhere> of(Kind<?> kind) {
        if (kind.group().equals("autoscaling")
                && kind.version().equals("v1")
                && kind.plural().equals("horizontalpodautoscalers")) {
            return Optional.of(new StoredElsewhere("autoscaling", "v2", new AutoscalerConversion()));
        }
        if (kind.group().equals("events.k8s.io") && kind.plural().equals("events")) {
            return Optional.of(new StoredElsewhere("", "v1", new EventConversion()));
        }
        return Optional.empty();
    }
}
