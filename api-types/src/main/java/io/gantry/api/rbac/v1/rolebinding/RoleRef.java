package io.gantry.api.rbac.v1.rolebinding;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import org.jspecify.annotations.Nullable;

/// `RoleRef` of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.RoleRef", model = "V1RoleRef")
@Atomic
public record RoleRef(
        @Required String kind,

        @Default("\"rbac.authorization.k8s.io\"") @Written @Nullable
        String apiGroup,

        @Required String name) {}
