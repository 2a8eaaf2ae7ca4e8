package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `StatusDetails` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails", model = "V1StatusDetails")
public record StatusDetails(
        @Nullable String name,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String uid,
        @ListType(ListType.Kind.ATOMIC) List<StatusCause> causes,
        @Format("int32") @Nullable Integer retryAfterSeconds) {
    public StatusDetails {
        causes = Copies.list(causes);
    }
}
