/// The runtime port without containers: sandboxes and containers that only exist on a clock.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.simulated;
