package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `WindowsSecurityContextOptions` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.WindowsSecurityContextOptions", model = "V1WindowsSecurityContextOptions")
public record WindowsSecurityContextOptions(
        @Nullable String gmsaCredentialSpecName,
        @Nullable String gmsaCredentialSpec,
        @Nullable String runAsUserName,
        @Nullable Boolean hostProcess) {}
