package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ParentReference` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ParentReference", model = "V1ParentReference")
public record ParentReference(
        @Nullable String group,
        @Required String resource,
        @Nullable String namespace,
        @Required String name) {
    public ParentReference {
        group = "".equals(group) ? null : group;
    }
}
