package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `APIResource` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.APIResource", model = "V1APIResource")
public record APIResource(
        @Required String kind,
        @Required String name,
        @Required String singularName,
        @Required Boolean namespaced,
        @Nullable String group,
        @Nullable String version,
        @Required List<String> verbs,
        @ListType(ListType.Kind.ATOMIC) List<String> shortNames,
        @ListType(ListType.Kind.ATOMIC) List<String> categories,
        @Nullable String storageVersionHash) {
    public APIResource {
        verbs = Copies.list(verbs);
        shortNames = Copies.list(shortNames);
        categories = Copies.list(categories);
    }
}
