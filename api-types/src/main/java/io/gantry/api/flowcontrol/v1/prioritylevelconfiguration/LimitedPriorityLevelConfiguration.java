package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `LimitedPriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration",
        model = "V1LimitedPriorityLevelConfiguration")
public record LimitedPriorityLevelConfiguration(
        @Format("int32") @Default("30") @Nullable Integer nominalConcurrencyShares,
        @Written @Nullable LimitResponse limitResponse,
        @Format("int32") @Default("0") @Nullable Integer lendablePercent,
        @Format("int32") @Nullable Integer borrowingLimitPercent) {}
