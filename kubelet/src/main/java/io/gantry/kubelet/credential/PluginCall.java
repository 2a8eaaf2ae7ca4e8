package io.gantry.kubelet.credential;

/// Asks a credential provider for what an image is pulled with. Thread-safe; blocks for as long as the provider takes.
interface PluginCall {
    PluginAnswer ask(PluginRequest request) throws PluginFailure, InterruptedException;
}
