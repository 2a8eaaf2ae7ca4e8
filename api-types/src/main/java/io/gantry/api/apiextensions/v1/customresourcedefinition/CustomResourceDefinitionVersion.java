package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CustomResourceDefinitionVersion` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion",
        model = "V1CustomResourceDefinitionVersion")
public record CustomResourceDefinitionVersion(
        @Required String name,
        @Required Boolean served,
        @Required Boolean storage,
        @Nullable Boolean deprecated,
        @Nullable String deprecationWarning,
        @Nullable CustomResourceValidation schema,
        @Nullable CustomResourceSubresources subresources,
        @ListType(ListType.Kind.ATOMIC) List<CustomResourceColumnDefinition> additionalPrinterColumns,
        @ListType(ListType.Kind.ATOMIC) List<SelectableField> selectableFields) {
    public CustomResourceDefinitionVersion {
        additionalPrinterColumns = Copies.list(additionalPrinterColumns);
        selectableFields = Copies.list(selectableFields);
    }
}
