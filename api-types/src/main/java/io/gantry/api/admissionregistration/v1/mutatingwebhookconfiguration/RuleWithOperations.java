package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `RuleWithOperations` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.RuleWithOperations", model = "V1RuleWithOperations")
public record RuleWithOperations(
        @OneOf({"*", "CREATE", "UPDATE", "DELETE", "CONNECT"}) @ListType(ListType.Kind.ATOMIC)
        List<String> operations,

        @ListType(ListType.Kind.ATOMIC) List<String> apiGroups,
        @ListType(ListType.Kind.ATOMIC) List<String> apiVersions,
        @ListType(ListType.Kind.ATOMIC) List<String> resources,

        @OneOf(
                value = {"*", "Cluster", "Namespaced"},
                byRules = true)
        @Default("\"*\"")
        @Nullable
        String scope) {
    public RuleWithOperations {
        operations = Copies.list(operations);
        apiGroups = Copies.list(apiGroups);
        apiVersions = Copies.list(apiVersions);
        resources = Copies.list(resources);
    }
}
