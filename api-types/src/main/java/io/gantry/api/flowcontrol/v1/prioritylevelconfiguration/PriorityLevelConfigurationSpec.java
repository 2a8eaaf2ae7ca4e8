package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Union;
import org.jspecify.annotations.Nullable;

/// `PriorityLevelConfigurationSpec` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationSpec",
        model = "V1PriorityLevelConfigurationSpec")
@Union(
        discriminator = "type",
        fields = {"exempt", "limited"})
public record PriorityLevelConfigurationSpec(
        @Required String type,
        @Nullable LimitedPriorityLevelConfiguration limited,
        @Nullable ExemptPriorityLevelConfiguration exempt) {}
