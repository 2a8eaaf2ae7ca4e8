package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `MatchResources` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.MatchResources", model = "V1MatchResources")
@Atomic
public record MatchResources(
        @Default("{}") @Nullable LabelSelector namespaceSelector,
        @Default("{}") @Nullable LabelSelector objectSelector,
        @ListType(ListType.Kind.ATOMIC) List<NamedRuleWithOperations> resourceRules,
        @ListType(ListType.Kind.ATOMIC) List<NamedRuleWithOperations> excludeResourceRules,

        @OneOf({"Exact", "Equivalent"}) @Default("\"Equivalent\"") @Nullable
        String matchPolicy) {
    public MatchResources {
        resourceRules = Copies.list(resourceRules);
        excludeResourceRules = Copies.list(excludeResourceRules);
    }
}
