package io.gantry.api.resource.v1.resourceslice;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeviceAttribute` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.DeviceAttribute", model = "V1DeviceAttribute")
public record DeviceAttribute(
        @JsonProperty("int") @Format("int64") @Nullable Long int_,
        @Nullable Boolean bool,
        @Nullable String string,
        @Nullable String version,
        @Format("int64") @ListType(ListType.Kind.ATOMIC) List<Long> ints,
        @ListType(ListType.Kind.ATOMIC) List<Boolean> bools,
        @ListType(ListType.Kind.ATOMIC) List<String> strings,
        @ListType(ListType.Kind.ATOMIC) List<String> versions) {
    public DeviceAttribute {
        ints = Copies.list(ints);
        bools = Copies.list(bools);
        strings = Copies.list(strings);
        versions = Copies.list(versions);
    }
}
