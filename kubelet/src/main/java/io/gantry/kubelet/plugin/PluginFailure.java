package io.gantry.kubelet.plugin;

/// A plugin cannot be registered as things are; it is told why, and tried again later.
public final class PluginFailure extends Exception {
    public PluginFailure(String message) {
        super(message);
    }

    public PluginFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
