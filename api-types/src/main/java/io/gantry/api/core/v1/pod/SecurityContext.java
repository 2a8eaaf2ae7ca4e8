package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.OneOf;
import org.jspecify.annotations.Nullable;

/// `SecurityContext` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.SecurityContext", model = "V1SecurityContext")
public record SecurityContext(
        @Nullable Capabilities capabilities,
        @Nullable Boolean privileged,
        @Nullable SELinuxOptions seLinuxOptions,
        @Nullable WindowsSecurityContextOptions windowsOptions,
        @Format("int64") @Nullable Long runAsUser,
        @Format("int64") @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Nullable Boolean readOnlyRootFilesystem,
        @Nullable Boolean allowPrivilegeEscalation,
        @OneOf({"Default", "Unmasked"}) @Nullable String procMount,
        @Nullable SeccompProfile seccompProfile,
        @Nullable AppArmorProfile appArmorProfile) {}
