package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.Copies;
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

/// `MutatingWebhook` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.MutatingWebhook", model = "V1MutatingWebhook")
public record MutatingWebhook(
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

        @OneOf({"Never", "IfNeeded"}) @Default("\"Never\"") @Nullable
        String reinvocationPolicy,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<MatchCondition> matchConditions) {
    public MutatingWebhook {
        rules = Copies.list(rules);
        admissionReviewVersions = Copies.list(admissionReviewVersions);
        matchConditions = Copies.list(matchConditions);
    }
}
