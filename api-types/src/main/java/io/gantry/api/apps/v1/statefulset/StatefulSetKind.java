package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import io.gantry.api.printer.WorkloadColumns;
import java.util.List;
import java.util.Set;

/// Declares the `StatefulSet` kind of `apps/v1` to the API server and to clients.
public final class StatefulSetKind implements KindDefinition<StatefulSet> {
    public static final Kind<StatefulSet> KIND = new Kind<>(
            StatefulSet.class, "apps", "v1", "StatefulSet", "statefulsets", true, List.of("sts"), List.of("all"));

    @Override
    public Kind<StatefulSet> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS, Subresource.SCALE);
    }

    @Override
    public KindRules<StatefulSet> rules() {
        return new StatefulSetRules();
    }

    @Override
    public List<Column> columns() {
        return WorkloadColumns.with(
                List.of(WorkloadColumns.ready("status.readyReplicas", "spec.replicas"), Column.age()),
                WorkloadColumns.containers("spec.template.spec"));
    }
}
