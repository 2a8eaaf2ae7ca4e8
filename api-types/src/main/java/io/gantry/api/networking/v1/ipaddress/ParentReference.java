package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ParentReference` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.ParentReference", model = "V1ParentReference")
public record ParentReference(
        @Nullable String group,
        @Required @Written(false) String resource,
        @Nullable String namespace,
        @Required @Written(false) String name) {
    public ParentReference {
        group = "".equals(group) ? null : group;
    }
}
