package io.gantry.scheduler;

import io.gantry.api.KubernetesObject;
import io.gantry.client.ApiClient;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// What a scheduler has around it: threads, clocks and the API server in a process of its own, one thread and a
/// virtual clock in a simulation.
///
/// @param events by the name of the profile that decided
/// @param clock of what it writes
/// @param nanoTime of its queue
/// @param writes where it writes beside the decisions
/// @param waits how writes wait for what an informer tells
public record Surroundings(
        ApiClient client,
        InformerFactory informers,
        Function<String, EventSink> events,
        Clock clock,
        LongSupplier nanoTime,
        Writes writes,
        Function<Informer<? extends KubernetesObject>, ClaimWait> waits) {

    /// Of a process of its own.
    static Surroundings real(ApiClient client, InformerFactory informers, Function<String, EventSink> events) {
        return new Surroundings(
                client,
                informers,
                events,
                Clock.systemUTC(),
                System::nanoTime,
                Writes.onVirtualThreads(),
                SignalledWait::new);
    }
}
