/// The runtime port over CRI v1: gRPC on a Unix socket.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.cri;
