package io.gantry.api.apiextensions.v1.customresourcedefinition;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `ValidationRule` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule",
        model = "V1ValidationRule")
public record ValidationRule(
        @Required String rule,
        @Nullable String message,
        @Nullable String messageExpression,

        @OneOf({"FieldValueRequired", "FieldValueDuplicate", "FieldValueInvalid", "FieldValueForbidden"}) @Nullable
        String reason,

        @Nullable String fieldPath,
        @Nullable Boolean optionalOldSelf) {}
