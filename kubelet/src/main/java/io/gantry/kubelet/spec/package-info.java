/// From a pod's spec to the runtime's specs: environment, mounts, security, resources, names.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.spec;
