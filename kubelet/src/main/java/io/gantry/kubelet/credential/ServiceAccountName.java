package io.gantry.kubelet.credential;

/// One service account of the cluster, and not another one that once had its name.
public record ServiceAccountName(String uid, String namespace, String name) {}
