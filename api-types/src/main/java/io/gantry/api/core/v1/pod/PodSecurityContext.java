package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `PodSecurityContext` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodSecurityContext", model = "V1PodSecurityContext")
public record PodSecurityContext(
        @Nullable SELinuxOptions seLinuxOptions,
        @Nullable WindowsSecurityContextOptions windowsOptions,
        @Format("int64") @Nullable Long runAsUser,
        @Format("int64") @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Format("int64") @ListType(ListType.Kind.ATOMIC) List<Long> supplementalGroups,
        @OneOf({"Merge", "Strict"}) @Nullable String supplementalGroupsPolicy,
        @Format("int64") @Nullable Long fsGroup,
        @ListType(ListType.Kind.ATOMIC) List<Sysctl> sysctls,
        @OneOf({"OnRootMismatch", "Always"}) @Nullable String fsGroupChangePolicy,
        @Nullable SeccompProfile seccompProfile,
        @Nullable AppArmorProfile appArmorProfile,
        @Nullable String seLinuxChangePolicy) {
    public PodSecurityContext {
        supplementalGroups = Copies.list(supplementalGroups);
        sysctls = Copies.list(sysctls);
    }
}
