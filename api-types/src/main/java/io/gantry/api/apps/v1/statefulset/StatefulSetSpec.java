package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `StatefulSetSpec` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.StatefulSetSpec", model = "V1StatefulSetSpec")
public record StatefulSetSpec(
        @Format("int32") @Default("1") @Nullable Integer replicas,
        @Required LabelSelector selector,
        @Required @Written PodTemplateSpec template,
        @ListType(ListType.Kind.ATOMIC) List<PersistentVolumeClaim> volumeClaimTemplates,
        @Written @Nullable String serviceName,

        @OneOf({"OrderedReady", "Parallel"}) @Default("\"OrderedReady\"") @Nullable
        String podManagementPolicy,

        @Written @Nullable StatefulSetUpdateStrategy updateStrategy,
        @Format("int32") @Default("10") @Nullable Integer revisionHistoryLimit,
        @Format("int32") @Nullable Integer minReadySeconds,
        @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy persistentVolumeClaimRetentionPolicy,
        @Nullable StatefulSetOrdinals ordinals) {
    public StatefulSetSpec {
        volumeClaimTemplates = Copies.list(volumeClaimTemplates);
    }
}
