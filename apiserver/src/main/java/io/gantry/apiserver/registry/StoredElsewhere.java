package io.gantry.apiserver.registry;

import io.gantry.api.kind.Kind;
import java.util.Optional;

/// Kinds that are served in two versions and stored in one.
///
/// @param group of the stored version
/// @param version the stored version
record StoredElsewhere(String group, String version, Conversion conversion) {
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
