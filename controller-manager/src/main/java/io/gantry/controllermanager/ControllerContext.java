package io.gantry.controllermanager;

import io.gantry.client.ApiClient;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.InformerFactory;
import java.time.Clock;
import java.util.function.Function;

/// What a controller is built from.
///
/// @param informers shared by all controllers; started after every controller was built
/// @param metrics where a controller that counts something of its own says so
/// @param events an event sink for a component name, e.g. `deployment-controller`
public record ControllerContext(
        ApiClient client,
        InformerFactory informers,
        Function<String, EventSink> events,
        ControllerOptions options,
        Clock clock,
        ControllerMetrics metrics) {}
