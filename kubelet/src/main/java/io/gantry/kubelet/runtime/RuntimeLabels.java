package io.gantry.kubelet.runtime;

/// Labels and annotations on sandboxes and containers: the kubelet's memory across restarts (upstream
/// `pkg/kubelet/types/labels.go` and `pkg/kubelet/kuberuntime/labels.go`).
public final class RuntimeLabels {
    public static final String POD_NAME = "io.kubernetes.pod.name";
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    public static final String POD_UID = "io.kubernetes.pod.uid";
    public static final String CONTAINER_NAME = "io.kubernetes.container.name";
    public static final String HASH = "io.kubernetes.container.hash";
    public static final String RESTART_COUNT = "io.kubernetes.container.restartCount";
    public static final String TERMINATION_MESSAGE_PATH = "io.kubernetes.container.terminationMessagePath";
    public static final String TERMINATION_MESSAGE_POLICY = "io.kubernetes.container.terminationMessagePolicy";
    public static final String PRE_STOP_HANDLER = "io.kubernetes.container.preStopHandler";
    public static final String PORTS = "io.kubernetes.container.ports";
    public static final String POD_GRACE_PERIOD = "io.kubernetes.pod.terminationGracePeriod";
    /// Ours: the part that the container plays in its pod.
    public static final String ROLE = "io.gantry.container.role";
    /// Ours: the requests and limits that the container was created with.
    public static final String RESOURCES = "io.gantry.container.resources";
    public static final String POD_DELETION_GRACE_PERIOD = "io.kubernetes.pod.deletionGracePeriod";

    private RuntimeLabels() {}
}
