package io.gantry.api.storage.v1.volumeattachment;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `VolumeError` of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeError", model = "V1VolumeError")
public record VolumeError(
        @Nullable Instant time,
        @Nullable String message,
        @Format("int32") @Nullable Integer errorCode) {}
