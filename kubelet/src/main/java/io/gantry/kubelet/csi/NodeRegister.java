package io.gantry.kubelet.csi;

import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;

/// Where a node's drivers are told of. Calls block; every failure is a [io.gantry.api.StatusException].
public interface NodeRegister {
    void install(String driver, NodeGetInfoResponse info);

    void uninstall(String driver);
}
