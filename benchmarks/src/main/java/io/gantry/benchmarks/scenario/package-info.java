/// What can be measured. Each scenario makes its own namespace, checks what it measured, and cleans up.
package io.gantry.benchmarks.scenario;
