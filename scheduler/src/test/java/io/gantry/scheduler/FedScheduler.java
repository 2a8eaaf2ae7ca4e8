package io.gantry.scheduler;

import io.gantry.client.event.EventSink;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.snapshot.ClusterCache;
import io.gantry.scheduler.testing.Wiring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// A scheduler that a test feeds and that writes to the test; it runs once it is started.
record FedScheduler(Scheduler.State state, Scheduler scheduler, ClusterFeed feed) {
    /// With the default profile.
    ///
    /// @param outputs what is told of everything that the scheduler decides
    static <S extends PodSink & EventSink> FedScheduler of(Wiring wiring, S outputs) {
        return of(wiring, wiring.profiles(), SchedulingQueue.Backoff.DEFAULT, outputs);
    }

    static <S extends PodSink & EventSink> FedScheduler of(
            Wiring wiring, Profiles profiles, SchedulingQueue.Backoff backoff, S outputs) {
        Scheduler.State state = new Scheduler.State(
                new SchedulingQueue(profiles, backoff, System::nanoTime),
                new ClusterCache(),
                wiring.nominations(),
                wiring.permits());
        Scheduler scheduler = new Scheduler(
                state,
                profiles,
                wiring.random(),
                new Scheduler.Outputs(outputs, profile -> outputs, new Attempts(new SimpleMeterRegistry())));
        return new FedScheduler(state, scheduler, new ClusterFeed(state, profiles, pod -> {}));
    }
}
