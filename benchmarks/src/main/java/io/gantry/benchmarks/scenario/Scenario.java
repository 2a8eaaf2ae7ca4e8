package io.gantry.benchmarks.scenario;

import java.io.IOException;

/// One thing to measure.
public interface Scenario {
    String name();

    /// One line for `--list`.
    String description();

    /// Measures and reports to the bench.
    void run(Bench bench) throws IOException, InterruptedException;
}
