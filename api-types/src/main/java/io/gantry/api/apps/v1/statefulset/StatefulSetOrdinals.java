package io.gantry.api.apps.v1.statefulset;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `StatefulSetOrdinals` of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.StatefulSetOrdinals", model = "V1StatefulSetOrdinals")
public record StatefulSetOrdinals(
        @Format("int32") @Written @Nullable Integer start) {}
