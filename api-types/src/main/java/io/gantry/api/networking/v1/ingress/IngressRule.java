package io.gantry.api.networking.v1.ingress;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `IngressRule` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressRule", model = "V1IngressRule")
public record IngressRule(@Nullable String host, @Nullable HTTPIngressRuleValue http) {}
