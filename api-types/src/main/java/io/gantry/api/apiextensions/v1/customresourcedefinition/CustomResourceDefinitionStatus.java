package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `CustomResourceDefinitionStatus` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus",
        model = "V1CustomResourceDefinitionStatus")
public record CustomResourceDefinitionStatus(
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        List<CustomResourceDefinitionCondition> conditions,

        @Written @Nullable CustomResourceDefinitionNames acceptedNames,
        @ListType(ListType.Kind.ATOMIC) List<String> storedVersions,
        @Format("int64") @Nullable Long observedGeneration) {
    public CustomResourceDefinitionStatus {
        conditions = Copies.list(conditions);
        storedVersions = Copies.list(storedVersions);
    }
}
