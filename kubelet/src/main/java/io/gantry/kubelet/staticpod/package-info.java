/// Pods from files of the node, and their mirrors in the API.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.staticpod;
