/// Liveness, readiness and startup probes.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.probe;
