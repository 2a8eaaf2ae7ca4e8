/// The node agent. It runs the pods that are bound to its node on a container runtime and reports what came of it.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet;
