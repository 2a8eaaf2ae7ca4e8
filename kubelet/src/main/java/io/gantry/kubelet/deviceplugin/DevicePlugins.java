package io.gantry.kubelet.deviceplugin;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.deviceplugin.v1beta1.Device;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.Plugin;
import io.gantry.kubelet.plugin.PluginFailure;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.pod.DevicesFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plugins that are there, one for a resource: the newest. Each is heard on a virtual thread. Thread-safe.
final class DevicePlugins implements PluginHandler, AutoCloseable {
    static final String TYPE = "DevicePlugin";
    static final String VERSION = "v1beta1";

    private static final Logger LOG = LoggerFactory.getLogger(DevicePlugins.class);

    /// Hears what becomes of the plugins. Called by a plugin's own thread, or by who takes it out.
    interface Listener {
        void told(String resource, List<Device> devices);

        void stopped(String resource);
    }

    private final UnixSockets sockets;
    private final DriverPaths paths;
    private final Listener listener;
    private final Map<String, DevicePlugin> plugins = new HashMap<>();
    private boolean closed;

    DevicePlugins(UnixSockets sockets, DriverPaths paths, Listener listener) {
        this.sockets = sockets;
        this.paths = paths;
        this.listener = listener;
    }

    @Override
    public void validate(Plugin plugin) throws PluginFailure {
        if (!plugin.versions().contains(VERSION)) {
            throw new PluginFailure("manager version, " + VERSION + ", is not among plugin supported versions ["
                    + String.join(" ", plugin.versions()) + "]");
        }
        Optional<String> invalid = invalid(plugin.name());
        if (invalid.isPresent()) {
            throw new PluginFailure("invalid name of device plugin socket: " + invalid.get());
        }
    }

    /// Why a plugin cannot have a resource of that name.
    static Optional<String> invalid(String resource) {
        return ResourceValidation.isExtendedName(resource)
                ? Optional.empty()
                : Optional.of("the ResourceName \"" + resource + "\" is invalid");
    }

    @Override
    public void register(Plugin plugin) throws PluginFailure {
        try {
            connect(plugin.name(), paths.onNode(plugin.endpoint()));
        } catch (DevicesFailure failure) {
            throw new PluginFailure(Objects.requireNonNullElse(failure.getMessage(), ""), failure);
        }
    }

    @Override
    public void deregister(Plugin plugin) {
        find(plugin.name()).ifPresent(this::end);
    }

    /// Takes a plugin in, in the place of one for the same resource.
    ///
    /// @throws DevicesFailure when it does not answer
    void connect(String resource, Path socket) {
        DevicePlugin plugin = new DevicePlugin(resource, sockets.open(socket));
        try {
            plugin.connect();
        } catch (DevicesFailure failure) {
            plugin.close();
            throw failure;
        }
        replace(plugin).ifPresent(DevicePlugin::close);
        LOG.info("device plugin for {} is connected", resource);
        Thread.ofVirtual().name("device-plugin " + resource).start(() -> hear(plugin));
    }

    private synchronized Optional<DevicePlugin> replace(DevicePlugin plugin) {
        if (closed) {
            return Optional.of(plugin);
        }
        return Optional.ofNullable(plugins.put(plugin.resource(), plugin));
    }

    private void hear(DevicePlugin plugin) {
        String why = plugin.listAndWatch(devices -> {
            if (isCurrent(plugin)) {
                listener.told(plugin.resource(), devices);
            }
        });
        LOG.info("ListAndWatch ended for device plugin {}: {}", plugin.resource(), why);
        end(plugin);
    }

    private synchronized boolean isCurrent(DevicePlugin plugin) {
        return plugin.equals(plugins.get(plugin.resource()));
    }

    private void end(DevicePlugin plugin) {
        boolean wasCurrent;
        synchronized (this) {
            wasCurrent = !closed && plugins.remove(plugin.resource(), plugin);
        }
        plugin.close();
        if (wasCurrent) {
            listener.stopped(plugin.resource());
        }
    }

    synchronized Optional<DevicePlugin> find(String resource) {
        return Optional.ofNullable(plugins.get(resource));
    }

    @Override
    public void close() {
        List<DevicePlugin> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(plugins.values());
        }
        all.forEach(DevicePlugin::close);
    }
}
