package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `ManagedFieldsEntry` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry", model = "V1ManagedFieldsEntry")
public record ManagedFieldsEntry(
        @Nullable String apiVersion,
        @Nullable String manager,
        @Nullable String operation,
        @Nullable Instant time,
        @Nullable String fieldsType,
        @Nullable JsonNode fieldsV1,
        @Nullable String subresource) {}
