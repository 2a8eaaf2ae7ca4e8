package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `DeleteOptions` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions", model = "V1DeleteOptions")
public record DeleteOptions(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Format("int64") @Nullable Long gracePeriodSeconds,
        @Nullable Preconditions preconditions,
        @Nullable Boolean orphanDependents,
        @Nullable String propagationPolicy,
        @ListType(ListType.Kind.ATOMIC) List<String> dryRun,
        @Nullable Boolean ignoreStoreReadErrorWithClusterBreakingPotential) {
    public DeleteOptions {
        dryRun = Copies.list(dryRun);
    }
}
