/// Plugins that make themselves known by a socket in a folder (upstream `pkg/kubelet/pluginmanager`).
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.plugin;
