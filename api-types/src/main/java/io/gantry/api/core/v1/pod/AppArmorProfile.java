package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Union;
import org.jspecify.annotations.Nullable;

/// `AppArmorProfile` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.AppArmorProfile", model = "V1AppArmorProfile")
@Union(discriminator = "type", fields = "localhostProfile")
public record AppArmorProfile(
        @Required @OneOf({"Unconfined", "RuntimeDefault", "Localhost"})
        String type,

        @Nullable String localhostProfile) {}
