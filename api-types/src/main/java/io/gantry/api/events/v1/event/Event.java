package io.gantry.api.events.v1.event;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.event.EventSource;
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

/// The Event kind of `events.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.events.v1.Event", model = "EventsV1Event")
public record Event(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,

        @Required(byRules = true) @Format("micro-time") @NullWhenEmpty
        Instant eventTime,

        @Nullable EventSeries series,
        @Nullable String reportingController,
        @Written @Nullable String reportingInstance,
        @Nullable String action,
        @Nullable String reason,
        @Written @Nullable ObjectReference regarding,
        @Nullable ObjectReference related,
        @Nullable String note,
        @Nullable String type,
        @Default("{}") @Written @Nullable EventSource deprecatedSource,
        @NullWhenEmpty @Nullable Instant deprecatedFirstTimestamp,
        @NullWhenEmpty @Nullable Instant deprecatedLastTimestamp,
        @Format("int32") @Nullable Integer deprecatedCount)
        implements KubernetesObject {
    public Event {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
