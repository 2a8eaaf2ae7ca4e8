package io.gantry.kubelet.runtime;

/// Which runtime answers, e.g. `containerd` `1.6.20`.
public record RuntimeVersion(String name, String version) {
    /// As `nodeInfo.containerRuntimeVersion` shows it.
    public String url() {
        return name + "://" + version;
    }
}
