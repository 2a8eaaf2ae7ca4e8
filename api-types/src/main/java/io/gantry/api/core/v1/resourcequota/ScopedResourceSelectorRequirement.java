package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `ScopedResourceSelectorRequirement` of `core/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.core.v1.ScopedResourceSelectorRequirement",
        model = "V1ScopedResourceSelectorRequirement")
public record ScopedResourceSelectorRequirement(
        @Required
        @OneOf(
                value = {
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass"
                },
                byRules = true)
        String scopeName,

        @Required
        @OneOf(
                value = {"In", "NotIn", "Exists", "DoesNotExist"},
                byRules = true)
        String operator,

        @ListType(ListType.Kind.ATOMIC) List<String> values) {
    public ScopedResourceSelectorRequirement {
        values = Copies.list(values);
    }
}
