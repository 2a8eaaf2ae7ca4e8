package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;

/// `PreferredSchedulingTerm` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PreferredSchedulingTerm", model = "V1PreferredSchedulingTerm")
public record PreferredSchedulingTerm(
        @Required @Format("int32") Integer weight,
        @Required @Written NodeSelectorTerm preference) {}
