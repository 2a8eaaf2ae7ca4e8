/// Pod cgroups and their QoS hierarchy, version 1 and 2.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.cgroup;
