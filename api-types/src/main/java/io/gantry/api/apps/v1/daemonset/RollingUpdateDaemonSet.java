package io.gantry.api.apps.v1.daemonset;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `RollingUpdateDaemonSet` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.RollingUpdateDaemonSet", model = "V1RollingUpdateDaemonSet")
public record RollingUpdateDaemonSet(
        @Nullable IntOrString maxUnavailable, @Nullable IntOrString maxSurge) {}
