package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `ContainerRestartRule` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ContainerRestartRule", model = "V1ContainerRestartRule")
public record ContainerRestartRule(
        @Required @Written(false) String action, @Nullable ContainerRestartRuleOnExitCodes exitCodes) {}
