package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The MutatingWebhookConfiguration kind of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.admissionregistration.v1.MutatingWebhookConfiguration",
        model = "V1MutatingWebhookConfiguration")
public record MutatingWebhookConfiguration(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<MutatingWebhook> webhooks)
        implements KubernetesObject {
    public MutatingWebhookConfiguration {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        webhooks = Copies.list(webhooks);
    }
}
