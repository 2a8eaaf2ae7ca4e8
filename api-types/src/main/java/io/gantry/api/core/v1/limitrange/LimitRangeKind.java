package io.gantry.api.core.v1.limitrange;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `LimitRange` kind of `v1` to the API server and to clients.
public final class LimitRangeKind implements KindDefinition<LimitRange> {
    public static final Kind<LimitRange> KIND =
            new Kind<>(LimitRange.class, "", "v1", "LimitRange", "limitranges", true, List.of("limits"), List.of());

    @Override
    public Kind<LimitRange> kind() {
        return KIND;
    }
}
