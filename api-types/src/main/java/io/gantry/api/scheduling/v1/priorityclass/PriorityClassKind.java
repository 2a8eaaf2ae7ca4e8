package io.gantry.api.scheduling.v1.priorityclass;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `PriorityClass` kind of `scheduling.k8s.io/v1` to the API server and to clients.
public final class PriorityClassKind implements KindDefinition<PriorityClass> {
    public static final Kind<PriorityClass> KIND = new Kind<>(
            PriorityClass.class,
            "scheduling.k8s.io",
            "v1",
            "PriorityClass",
            "priorityclasses",
            false,
            List.of("pc"),
            List.of());

    @Override
    public Kind<PriorityClass> kind() {
        return KIND;
    }
}
