/// One loop a pod: observed state and spec, a pure plan, runtime calls, status.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.pod;
