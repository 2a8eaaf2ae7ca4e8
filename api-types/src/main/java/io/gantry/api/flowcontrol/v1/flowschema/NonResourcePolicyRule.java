package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `NonResourcePolicyRule` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.NonResourcePolicyRule", model = "V1NonResourcePolicyRule")
public record NonResourcePolicyRule(
        @Required @ListType(ListType.Kind.SET) List<String> verbs,
        @Required @ListType(ListType.Kind.SET) List<String> nonResourceURLs) {
    public NonResourcePolicyRule {
        verbs = Copies.list(verbs);
        nonResourceURLs = Copies.list(nonResourceURLs);
    }
}
