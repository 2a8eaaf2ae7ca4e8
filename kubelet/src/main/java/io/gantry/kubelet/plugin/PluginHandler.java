package io.gantry.kubelet.plugin;

/// Takes the plugins of one type in. Calls block, and come from a thread for each plugin.
public interface PluginHandler {
    /// Refuses a plugin that can never be taken, e.g. for its versions.
    void validate(Plugin plugin) throws PluginFailure;

    /// Takes the plugin in; what was done by half is undone before it fails.
    void register(Plugin plugin) throws PluginFailure;

    /// The plugin's socket has gone.
    void deregister(Plugin plugin);
}
