package io.gantry.controllermanager.simulation;

import java.time.Duration;
import java.util.Optional;

/// A process of the control plane in a simulation. It knows the API by its feeds and writes through its own faults.
interface Process {
    /// What was known is lost, and another one begins.
    void boot();

    Feeds feeds();

    FaultyExchange faults();

    /// Does one thing; false when there is nothing to do.
    ///
    /// @throws Crash when it dies of it
    boolean step() throws InterruptedException;

    /// How long until there is something to do by itself; empty while nothing waits for a time.
    Optional<Duration> nextDelay();
}
