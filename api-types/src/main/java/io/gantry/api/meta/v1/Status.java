package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `Status` of `meta/v1`; fields, their order on the wire (some clients compare bodies) and their meaning are
/// upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.Status", model = "V1Status")
public record Status(
        @Nullable String kind,
        @Nullable String apiVersion,
        ListMeta metadata,
        @Nullable String status,
        @Nullable String message,
        @Nullable String reason,
        @Nullable StatusDetails details,
        @Format("int32") @Nullable Integer code) {
    public Status {
        metadata = metadata == null ? ListMetaBuilder.builder().build() : metadata;
    }
}
