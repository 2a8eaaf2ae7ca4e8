/// What every process of the cluster shares (upstream's `component-base`): flags, logging, health, metrics.
@org.jspecify.annotations.NullMarked
package io.gantry.component;
