package io.gantry.api.core.v1.serviceaccount;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.pod.LocalObjectReference;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ServiceAccount kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ServiceAccount", model = "V1ServiceAccount")
public record ServiceAccount(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<ObjectReference> secrets,

        @ListType(ListType.Kind.ATOMIC) List<LocalObjectReference> imagePullSecrets,
        @Nullable Boolean automountServiceAccountToken)
        implements KubernetesObject {
    public ServiceAccount {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        secrets = Copies.list(secrets);
        imagePullSecrets = Copies.list(imagePullSecrets);
    }
}
