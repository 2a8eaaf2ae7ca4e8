package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `ExemptPriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration",
        model = "V1ExemptPriorityLevelConfiguration")
public record ExemptPriorityLevelConfiguration(
        @Format("int32") @Default("0") @Nullable Integer nominalConcurrencyShares,
        @Format("int32") @Default("0") @Nullable Integer lendablePercent) {}
