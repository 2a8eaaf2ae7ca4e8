package io.gantry.api.core.v1.event;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The Event kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Event", model = "CoreV1Event")
public record Event(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Required ObjectMeta metadata,
        @Required @Written ObjectReference involvedObject,
        @Nullable String reason,
        @Nullable String message,
        @Default("{}") @Written @Nullable EventSource source,
        @NullWhenEmpty @Nullable Instant firstTimestamp,
        @NullWhenEmpty @Nullable Instant lastTimestamp,
        @Format("int32") @Nullable Integer count,
        @Nullable String type,
        @Format("micro-time") @NullWhenEmpty @Nullable Instant eventTime,
        @Nullable EventSeries series,
        @Nullable String action,
        @Nullable ObjectReference related,
        @Written @Nullable String reportingComponent,
        @Written @Nullable String reportingInstance)
        implements KubernetesObject {
    public Event {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
