package io.gantry.api.authentication.v1.tokenrequest;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Written;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `TokenRequestStatus` of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenRequestStatus", model = "V1TokenRequestStatus")
public record TokenRequestStatus(
        @Written @Nullable String token, @Nullable Instant expirationTimestamp) {}
