package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `APIGroupList` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroupList", model = "V1APIGroupList")
public record APIGroupList(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Required @ListType(ListType.Kind.ATOMIC) List<APIGroup> groups) {
    public APIGroupList {
        groups = Copies.list(groups);
    }
}
