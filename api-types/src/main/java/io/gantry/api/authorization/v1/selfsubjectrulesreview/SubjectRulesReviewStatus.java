package io.gantry.api.authorization.v1.selfsubjectrulesreview;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `SubjectRulesReviewStatus` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.SubjectRulesReviewStatus", model = "V1SubjectRulesReviewStatus")
public record SubjectRulesReviewStatus(
        @Required @ListType(ListType.Kind.ATOMIC) List<ResourceRule> resourceRules,
        @Required @ListType(ListType.Kind.ATOMIC) List<NonResourceRule> nonResourceRules,
        @Required Boolean incomplete,
        @Nullable String evaluationError) {
    public SubjectRulesReviewStatus {
        resourceRules = Copies.list(resourceRules);
        nonResourceRules = Copies.list(nonResourceRules);
    }
}
