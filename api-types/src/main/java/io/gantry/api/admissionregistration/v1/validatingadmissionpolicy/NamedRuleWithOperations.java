package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `NamedRuleWithOperations` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.NamedRuleWithOperations", model = "V1NamedRuleWithOperations")
@Atomic
public record NamedRuleWithOperations(
        @ListType(ListType.Kind.ATOMIC) List<String> resourceNames,
        @ListType(ListType.Kind.ATOMIC) List<String> apiGroups,
        @ListType(ListType.Kind.ATOMIC) List<String> apiVersions,

        @OneOf(
                value = {"*", "CONNECT", "CREATE", "DELETE", "UPDATE"},
                byRules = true)
        @ListType(ListType.Kind.ATOMIC)
        List<String> operations,

        @ListType(ListType.Kind.ATOMIC) List<String> resources,

        @OneOf(
                value = {"*", "Cluster", "Namespaced"},
                byRules = true)
        @Default("\"*\"")
        @Nullable
        String scope) {
    public NamedRuleWithOperations {
        resourceNames = Copies.list(resourceNames);
        apiGroups = Copies.list(apiGroups);
        apiVersions = Copies.list(apiVersions);
        operations = Copies.list(operations);
        resources = Copies.list(resources);
    }
}
