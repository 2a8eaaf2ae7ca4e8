/// Volumes of CSI drivers (upstream `pkg/volume/csi`). Nothing here runs on a node without a driver.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.csi;
