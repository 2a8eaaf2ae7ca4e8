/// The node's own certificates: bootstrap, signing requests, rotation.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.cert;
