package io.gantry.api.events.v1.event;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import java.time.Instant;

/// `EventSeries` of `events.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.events.v1.EventSeries", model = "EventsV1EventSeries")
public record EventSeries(
        @Required(byRules = true) @Format("int32") Integer count,
        @Required(byRules = true) @Format("micro-time") Instant lastObservedTime) {}
