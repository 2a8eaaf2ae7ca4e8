/// The port to a container runtime: what the kubelet asks of it, in the kubelet's own records.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.runtime;
