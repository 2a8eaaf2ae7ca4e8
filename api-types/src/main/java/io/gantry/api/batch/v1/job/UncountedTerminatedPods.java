package io.gantry.api.batch.v1.job;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `UncountedTerminatedPods` of `batch/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.batch.v1.UncountedTerminatedPods", model = "V1UncountedTerminatedPods")
public record UncountedTerminatedPods(
        @ListType(ListType.Kind.SET) List<String> succeeded,
        @ListType(ListType.Kind.SET) List<String> failed) {
    public UncountedTerminatedPods {
        succeeded = Copies.list(succeeded);
        failed = Copies.list(failed);
    }
}
