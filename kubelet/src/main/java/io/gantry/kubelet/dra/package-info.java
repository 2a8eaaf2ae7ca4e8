/// Devices by dynamic resource allocation: drivers, the claims of pods, and what containers get of them (upstream
/// `pkg/kubelet/cm/dra`).
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.dra;
