package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CustomResourceDefinitionNames` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames",
        model = "V1CustomResourceDefinitionNames")
public record CustomResourceDefinitionNames(
        @Required String kind,
        @Required String plural,
        @Nullable String singular,
        @ListType(ListType.Kind.ATOMIC) List<String> shortNames,
        @Nullable String listKind,
        @ListType(ListType.Kind.ATOMIC) List<String> categories) {
    public CustomResourceDefinitionNames {
        shortNames = Copies.list(shortNames);
        categories = Copies.list(categories);
    }
}
