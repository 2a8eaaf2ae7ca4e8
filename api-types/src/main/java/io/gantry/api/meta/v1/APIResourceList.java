package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `APIResourceList` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList", model = "V1APIResourceList")
public record APIResourceList(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Required String groupVersion,
        @Required @ListType(ListType.Kind.ATOMIC) List<APIResource> resources) {
    public APIResourceList {
        resources = Copies.list(resources);
    }
}
