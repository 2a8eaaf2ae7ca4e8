package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `HTTPIngressPath` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.HTTPIngressPath", model = "V1HTTPIngressPath")
public record HTTPIngressPath(
        @Nullable String path,

        @Required
        @OneOf(
                value = {"Exact", "ImplementationSpecific", "Prefix"},
                byRules = true)
        @Written(false)
        String pathType,

        @Required @Written IngressBackend backend) {}
