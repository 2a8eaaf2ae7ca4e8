package io.gantry.api.storage.v1.csistoragecapacity;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import java.util.List;

/// Declares the `CSIStorageCapacity` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class CSIStorageCapacityKind implements KindDefinition<CSIStorageCapacity> {
    public static final Kind<CSIStorageCapacity> KIND = new Kind<>(
            CSIStorageCapacity.class,
            "storage.k8s.io",
            "v1",
            "CSIStorageCapacity",
            "csistoragecapacities",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<CSIStorageCapacity> kind() {
        return KIND;
    }

    @Override
    public KindRules<CSIStorageCapacity> rules() {
        return new CSIStorageCapacityRules();
    }

    @Override
    public List<Column> columns() {
        return List.of(Column.created());
    }
}
