package io.gantry.api.admissionregistration.v1.validatingwebhookconfiguration;

import io.gantry.api.Copies;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.MatchCondition;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.RuleWithOperations;
import io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration.WebhookClientConfig;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ValidatingWebhook` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.ValidatingWebhook", model = "V1ValidatingWebhook")
public record ValidatingWebhook(
        @Required String name,
        @Required @Written WebhookClientConfig clientConfig,
        @ListType(ListType.Kind.ATOMIC) List<RuleWithOperations> rules,

        @OneOf({"Ignore", "Fail"}) @Default("\"Fail\"") @Nullable
        String failurePolicy,

        @OneOf({"Exact", "Equivalent"}) @Default("\"Equivalent\"") @Nullable
        String matchPolicy,

        @Default("{}") @Nullable LabelSelector namespaceSelector,
        @Default("{}") @Nullable LabelSelector objectSelector,

        @Required @OneOf({"Unknown", "None", "Some", "NoneOnDryRun"}) @Written(false)
        String sideEffects,

        @Format("int32") @Default("10") @Nullable Integer timeoutSeconds,
        @Required @ListType(ListType.Kind.ATOMIC) List<String> admissionReviewVersions,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<MatchCondition> matchConditions) {
    public ValidatingWebhook {
        rules = Copies.list(rules);
        admissionReviewVersions = Copies.list(admissionReviewVersions);
        matchConditions = Copies.list(matchConditions);
    }
}
