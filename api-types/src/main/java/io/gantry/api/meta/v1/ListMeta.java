package io.gantry.api.meta.v1;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `ListMeta` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta", model = "V1ListMeta")
public record ListMeta(
        @Nullable String selfLink,
        @Nullable String resourceVersion,
        @JsonProperty("continue") @Nullable String continue_,
        @Format("int64") @Nullable Long remainingItemCount,
        @Nullable ShardInfo shardInfo) {}
