package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `DaemonSetUpdateStrategy` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.DaemonSetUpdateStrategy", model = "V1DaemonSetUpdateStrategy")
public record DaemonSetUpdateStrategy(
        @OneOf({"RollingUpdate", "OnDelete"}) @Nullable String type,
        @Nullable RollingUpdateDaemonSet rollingUpdate) {}
