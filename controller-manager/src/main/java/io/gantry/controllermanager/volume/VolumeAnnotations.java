package io.gantry.controllermanager.volume;

/// Annotations by which binder, scheduler and provisioners talk (upstream `component-helpers/storage/volume`).
final class VolumeAnnotations {
    /// On a claim: binding is complete.
    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";

    /// On either side: the binder chose the other one, not the user.
    static final String BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    /// On a volume: who made it.
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    /// On a volume of an in-tree kind: the driver that serves it.
    static final String MIGRATED_TO = "pv.kubernetes.io/migrated-to";

    /// On a claim: who is to make its volume.
    static final String STORAGE_PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    static final String BETA_STORAGE_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    /// On a claim: the node that the scheduler chose for its first pod.
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private VolumeAnnotations() {}
}
