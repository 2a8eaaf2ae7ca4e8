package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `ResourceRule` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.ResourceRule", model = "V1ResourceRule")
public record ResourceRule(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> verbs,
        @ListType(ListType.Kind.ATOMIC) List<String> apiGroups,
        @ListType(ListType.Kind.ATOMIC) List<String> resources,
        @ListType(ListType.Kind.ATOMIC) List<String> resourceNames) {
    public ResourceRule {
        verbs = Copies.list(verbs);
        apiGroups = Copies.list(apiGroups);
        resources = Copies.list(resources);
        resourceNames = Copies.list(resourceNames);
    }
}
