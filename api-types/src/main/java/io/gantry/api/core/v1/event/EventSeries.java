package io.gantry.api.core.v1.event;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// `EventSeries` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EventSeries", model = "CoreV1EventSeries")
public record EventSeries(
        @Format("int32") @Nullable Integer count,
        @Format("micro-time") @Nullable Instant lastObservedTime) {}
