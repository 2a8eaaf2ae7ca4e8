package io.gantry.e2e.conformance;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/// Behaviours of pods that run at the same time as those of other scenarios: all are started before any is awaited.
interface Scenario {
    /// Makes what is needed; waits for as little as possible.
    void start(Scene scene);

    /// What must come to be, a test for each line of `docs/conformance.md`.
    List<DynamicTest> behaviours(Scene scene);
}
