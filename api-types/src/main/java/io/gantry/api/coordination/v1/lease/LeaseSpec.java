package io.gantry.api.coordination.v1.lease;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `LeaseSpec` of `coordination.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.coordination.v1.LeaseSpec", model = "V1LeaseSpec")
public record LeaseSpec(
        @Nullable String holderIdentity,
        @Format("int32") @Nullable Integer leaseDurationSeconds,
        @Format("micro-time") @Nullable Instant acquireTime,
        @Format("micro-time") @Nullable Instant renewTime,
        @Format("int32") @Nullable Integer leaseTransitions,
        @Nullable String strategy,
        @Nullable String preferredHolder) {}
