package io.gantry.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// The benchmarks still run, once each. For figures run them by hand: see `docs/performance.md`.
final class BenchmarksRunTest {
    @Test
    void eachRunsOnce() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include("io.gantry.benchmarks.jmh")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertEquals(10, results.size());
    }
}
