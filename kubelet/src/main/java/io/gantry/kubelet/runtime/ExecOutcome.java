package io.gantry.kubelet.runtime;

/// What a command said and how it ended.
public record ExecOutcome(int exitCode, String stdout, String stderr) {
    /// Both outputs, stdout first.
    public String output() {
        return stdout + stderr;
    }
}
