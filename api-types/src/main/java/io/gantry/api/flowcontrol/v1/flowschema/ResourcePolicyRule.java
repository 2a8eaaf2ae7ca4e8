package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ResourcePolicyRule` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.ResourcePolicyRule", model = "V1ResourcePolicyRule")
public record ResourcePolicyRule(
        @Required @ListType(ListType.Kind.SET) List<String> verbs,
        @Required @ListType(ListType.Kind.SET) List<String> apiGroups,
        @Required @ListType(ListType.Kind.SET) List<String> resources,
        @Nullable Boolean clusterScope,
        @ListType(ListType.Kind.SET) @NullWhenEmpty List<String> namespaces) {
    public ResourcePolicyRule {
        verbs = Copies.list(verbs);
        apiGroups = Copies.list(apiGroups);
        resources = Copies.list(resources);
        namespaces = Copies.list(namespaces);
    }
}
