package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `NonResourceRule` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.NonResourceRule", model = "V1NonResourceRule")
public record NonResourceRule(
        @Required @ListType(ListType.Kind.ATOMIC) List<String> verbs,
        @ListType(ListType.Kind.ATOMIC) List<String> nonResourceURLs) {
    public NonResourceRule {
        verbs = Copies.list(verbs);
        nonResourceURLs = Copies.list(nonResourceURLs);
    }
}
