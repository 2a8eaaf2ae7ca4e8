package io.gantry.api.authorization.v1.subjectaccessreview;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `NonResourceAttributes` of `authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authorization.v1.NonResourceAttributes", model = "V1NonResourceAttributes")
public record NonResourceAttributes(
        @Nullable String path, @Nullable String verb) {}
