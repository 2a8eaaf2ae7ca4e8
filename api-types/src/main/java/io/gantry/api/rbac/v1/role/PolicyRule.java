package io.gantry.api.rbac.v1.role;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `PolicyRule` of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.PolicyRule", model = "V1PolicyRule")
public record PolicyRule(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> verbs,
        @ListType(ListType.Kind.ATOMIC) List<String> apiGroups,
        @ListType(ListType.Kind.ATOMIC) List<String> resources,
        @ListType(ListType.Kind.ATOMIC) List<String> resourceNames,
        @ListType(ListType.Kind.ATOMIC) List<String> nonResourceURLs) {
    public PolicyRule {
        verbs = Copies.list(verbs);
        apiGroups = Copies.list(apiGroups);
        resources = Copies.list(resources);
        resourceNames = Copies.list(resourceNames);
        nonResourceURLs = Copies.list(nonResourceURLs);
    }
}
