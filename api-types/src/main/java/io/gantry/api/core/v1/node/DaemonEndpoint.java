package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;

/// `DaemonEndpoint` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.DaemonEndpoint", model = "V1DaemonEndpoint")
public record DaemonEndpoint(@Required @Format("int32") Integer Port) {}
