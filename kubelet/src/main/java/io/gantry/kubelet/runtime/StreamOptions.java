package io.gantry.kubelet.runtime;

/// Which streams a client wants.
public record StreamOptions(boolean stdin, boolean stdout, boolean stderr, boolean tty) {
    /// The same for attaching to a container: whether that has a terminal was decided when it was created, and one with
    /// a terminal has no stderr (upstream `pkg/kubelet/kubelet_pods.go`, `GetAttach`). A runtime that is asked
    /// otherwise waits for the end of a stderr that never ends.
    public StreamOptions of(boolean terminal) {
        return new StreamOptions(stdin, stdout, stderr && !terminal, terminal);
    }
}
