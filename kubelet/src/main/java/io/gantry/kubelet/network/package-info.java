/// What the node's network is told of pods.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.network;
