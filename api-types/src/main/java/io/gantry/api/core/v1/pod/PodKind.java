package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `Pod` kind of `v1` to the API server and to clients.
public final class PodKind implements KindDefinition<Pod> {
    public static final Kind<Pod> KIND =
            new Kind<>(Pod.class, "", "v1", "Pod", "pods", true, List.of("po"), List.of("all"));

    @Override
    public Kind<Pod> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(
                Subresource.STATUS,
                Subresource.EVICTION,
                Subresource.BINDING,
                Subresource.LOG,
                Subresource.EXEC,
                Subresource.ATTACH,
                Subresource.PORTFORWARD,
                Subresource.PROXY,
                Subresource.EPHEMERALCONTAINERS,
                Subresource.RESIZE);
    }

    @Override
    public KindRules<Pod> rules() {
        return new PodRules();
    }

    @Override
    public List<Column> columns() {
        return PodColumns.all();
    }

    @Override
    public List<String> columnPaths() {
        return PodColumns.PATHS;
    }
}
