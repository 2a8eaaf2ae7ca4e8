package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `QueuingConfiguration` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.QueuingConfiguration", model = "V1QueuingConfiguration")
public record QueuingConfiguration(
        @Format("int32") @Default("64") @Written @Nullable Integer queues,
        @Format("int32") @Default("8") @Written @Nullable Integer handSize,
        @Format("int32") @Default("50") @Written @Nullable Integer queueLengthLimit) {}
