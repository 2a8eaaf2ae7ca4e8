/// Device plugins: extended resources of the node, and the devices of pods that ask for them (upstream
/// `pkg/kubelet/cm/devicemanager`).
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.deviceplugin;
