package io.gantry.api.storage.v1.csinode;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CSINodeDriver` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.CSINodeDriver", model = "V1CSINodeDriver")
public record CSINodeDriver(
        @Required String name,
        @Required String nodeID,
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<String> topologyKeys,
        @Nullable VolumeNodeResources allocatable) {
    public CSINodeDriver {
        topologyKeys = Copies.list(topologyKeys);
    }
}
