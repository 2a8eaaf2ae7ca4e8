/// Volumes on the node's disk: set up, kept current, torn down.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.volume;
