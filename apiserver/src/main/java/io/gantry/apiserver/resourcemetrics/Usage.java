package io.gantry.apiserver.resourcemetrics;

import java.time.Duration;
import java.time.Instant;

/// What something used.
///
/// @param at the end of the window
/// @param window over which the processor time is a mean
/// @param nanoCores billionths of a processor
/// @param memoryBytes the working set
record Usage(Instant at, Duration window, long nanoCores, long memoryBytes) {}
