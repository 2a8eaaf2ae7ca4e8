package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `PolicyRulesWithSubjects` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects", model = "V1PolicyRulesWithSubjects")
public record PolicyRulesWithSubjects(
        @Required @ListType(ListType.Kind.ATOMIC) List<Subject> subjects,
        @ListType(ListType.Kind.ATOMIC) List<ResourcePolicyRule> resourceRules,
        @ListType(ListType.Kind.ATOMIC) List<NonResourcePolicyRule> nonResourceRules) {
    public PolicyRulesWithSubjects {
        subjects = Copies.list(subjects);
        resourceRules = Copies.list(resourceRules);
        nonResourceRules = Copies.list(nonResourceRules);
    }
}
