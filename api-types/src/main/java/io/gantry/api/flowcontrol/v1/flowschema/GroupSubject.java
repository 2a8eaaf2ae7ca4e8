package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `GroupSubject` of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.GroupSubject", model = "V1GroupSubject")
public record GroupSubject(@Required String name) {}
