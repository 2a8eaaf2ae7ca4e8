/// What is measured: latencies, processor time, memory.
package io.gantry.benchmarks.measure;
