/// The pod resources API: agents of the node ask which pod has which devices (upstream
/// `pkg/kubelet/apis/podresources`).
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.podresources;
