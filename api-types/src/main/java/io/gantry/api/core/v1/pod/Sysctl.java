package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;

/// `Sysctl` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Sysctl", model = "V1Sysctl")
public record Sysctl(
        @Required String name, @Default("\"\"") @Required String value) {}
