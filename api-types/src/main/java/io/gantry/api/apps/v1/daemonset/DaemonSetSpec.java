package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.core.v1.podtemplate.PodTemplateSpec;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `DaemonSetSpec` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DaemonSetSpec", model = "V1DaemonSetSpec")
public record DaemonSetSpec(
        @Required(byRules = true) LabelSelector selector,
        @Required @Written PodTemplateSpec template,
        @Written @Nullable DaemonSetUpdateStrategy updateStrategy,
        @Format("int32") @Nullable Integer minReadySeconds,
        @Format("int32") @Default("10") @Nullable Integer revisionHistoryLimit) {}
