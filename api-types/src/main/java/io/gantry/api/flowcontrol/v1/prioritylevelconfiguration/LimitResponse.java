package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Union;
import org.jspecify.annotations.Nullable;

/// `LimitResponse` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.LimitResponse", model = "V1LimitResponse")
@Union(discriminator = "type", fields = "queuing")
public record LimitResponse(@Required String type, @Nullable QueuingConfiguration queuing) {}
