/// The Node object and its lease, kept current.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.node;
