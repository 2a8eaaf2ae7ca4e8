package io.gantry.api.resource.v1.deviceclass;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceClassSpec` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceClassSpec", model = "V1DeviceClassSpec")
public record DeviceClassSpec(
        @ListType(ListType.Kind.ATOMIC) List<DeviceSelector> selectors,
        @ListType(ListType.Kind.ATOMIC) List<DeviceClassConfiguration> config,
        @Nullable String extendedResourceName) {
    public DeviceClassSpec {
        selectors = Copies.list(selectors);
        config = Copies.list(config);
    }
}
