package io.gantry.scheduler;

import io.gantry.component.Metrics;
import io.gantry.scheduler.config.SchedulerConfiguration;
import java.time.Duration;
import java.util.Optional;

/// A whole scheduler that has no thread of its own: for simulations, which decide when it goes on. It is fed by the
/// informers of its [Surroundings] and writes where they say.
public final class SteppedScheduler {
    private final Scheduler scheduler;

    /// @param seed decides among equally good nodes
    public SteppedScheduler(Surroundings around, SchedulerConfiguration configuration, long seed, Metrics metrics) {
        scheduler = new Assembly(around, configuration, seed, metrics).build(Optional.empty());
    }

    /// Tries one pod, on the caller's thread.
    ///
    /// @return whether there was one to be tried now
    public boolean step() throws InterruptedException {
        return scheduler.step();
    }

    /// How long until there is a pod to be tried; empty while none waits for a time.
    public Optional<Duration> nextDelay() {
        return scheduler.nextDelay();
    }
}
