package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CustomResourceDefinitionSpec` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
        model = "V1CustomResourceDefinitionSpec")
public record CustomResourceDefinitionSpec(
        @Required String group,
        @Required @Written CustomResourceDefinitionNames names,
        @Required String scope,
        @Required @ListType(ListType.Kind.ATOMIC) List<CustomResourceDefinitionVersion> versions,
        @Nullable CustomResourceConversion conversion,
        @Nullable Boolean preserveUnknownFields) {
    public CustomResourceDefinitionSpec {
        versions = Copies.list(versions);
    }
}
