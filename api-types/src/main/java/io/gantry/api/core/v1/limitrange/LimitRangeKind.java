package io.gantry.api.core.v1.limitrange;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `LimitRange` kind of `v1` to the API server and to clients.
public final class LimitRangeKind implements KindDefinition<LimitRange> {
    public static final Kind<LimitRange> KIND =
            new Kind<>(LimitRange.class, "", "v1", "LimitRange", "limitranges", true, List.of("limits"), List.of());

    @Override
    public Kind<LimitRange> kind() {
        return KIND;
    }

    @Override
    public KindRules<LimitRange> rules() {
        return new LimitRangeRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.created());
    }
}
