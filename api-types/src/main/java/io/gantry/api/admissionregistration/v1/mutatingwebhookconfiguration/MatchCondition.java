package io.gantry.api.admissionregistration.v1.mutatingwebhookconfiguration;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `MatchCondition` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.MatchCondition", model = "V1MatchCondition")
public record MatchCondition(
        @Required String name, @Required String expression) {}
