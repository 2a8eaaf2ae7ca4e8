package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ServiceAccountSubject` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.ServiceAccountSubject", model = "V1ServiceAccountSubject")
public record ServiceAccountSubject(
        @Required String namespace, @Required String name) {}
