package io.gantry.api.admissionregistration.v1.validatingadmissionpolicy;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `TypeChecking` of `admissionregistration.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.admissionregistration.v1.TypeChecking", model = "V1TypeChecking")
public record TypeChecking(@ListType(ListType.Kind.ATOMIC) List<ExpressionWarning> expressionWarnings) {
    public TypeChecking {
        expressionWarnings = Copies.list(expressionWarnings);
    }
}
