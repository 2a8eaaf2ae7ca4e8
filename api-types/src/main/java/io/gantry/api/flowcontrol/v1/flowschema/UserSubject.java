package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `UserSubject` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.UserSubject", model = "V1UserSubject")
public record UserSubject(@Required String name) {}
