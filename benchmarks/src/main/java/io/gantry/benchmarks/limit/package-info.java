/// What this machine can do at best: the limits beside each measurement.
package io.gantry.benchmarks.limit;
