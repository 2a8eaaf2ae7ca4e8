package io.gantry.kubelet.runtime;

/// A container's state in the runtime.
public enum RunState {
    CREATED,
    RUNNING,
    EXITED,
    UNKNOWN
}
