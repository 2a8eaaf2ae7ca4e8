package io.gantry.kubelet.dra;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.Plugin;
import io.gantry.kubelet.plugin.PluginFailure;
import io.gantry.kubelet.plugin.PluginHandler;
import io.gantry.kubelet.pod.DevicesFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node's drivers (upstream `dra_plugin_manager.go`). One driver may have several plugins at a time, while it is
/// replaced. A driver that is not connected for a while loses its ResourceSlices. Thread-safe.
final class DraDrivers implements PluginHandler, AutoCloseable {
    static final String TYPE = "DRAPlugin";

    private static final Logger LOG = LoggerFactory.getLogger(DraDrivers.class);

    private final UnixSockets sockets;
    private final DriverPaths paths;
    private final SliceWipes wipes;
    private final Consumer<DraDriver> follower;
    /// In the order in which they came, the newest last.
    private final Map<String, List<DraDriver>> drivers = new HashMap<>();

    /// @param follower told of each plugin that is registered
    DraDrivers(UnixSockets sockets, DriverPaths paths, SliceWipes wipes, Consumer<DraDriver> follower) {
        this.sockets = sockets;
        this.paths = paths;
        this.wipes = wipes;
        this.follower = follower;
    }

    @Override
    public void validate(Plugin plugin) throws PluginFailure {
        String who = "invalid supported gRPC versions of DRA driver plugin " + plugin.name() + " at endpoint "
                + plugin.endpoint() + ": ";
        if (plugin.versions().isEmpty()) {
            throw new PluginFailure(who + "empty list of supported gRPC services (aka supported versions)");
        }
        if (DraDriver.service(plugin.versions()).isEmpty()) {
            throw new PluginFailure(who + "none of services supported by the plugin (" + quoted(plugin.versions())
                    + ") are supported by the kubelet (" + quoted(DraDriver.supported()) + ")");
        }
    }

    /// As Go prints a list of strings.
    private static String quoted(List<String> words) {
        return "[\"" + String.join("\" \"", words) + "\"]";
    }

    @Override
    public void register(Plugin plugin) throws PluginFailure {
        DraDriver driver;
        synchronized (this) {
            List<DraDriver> known = drivers.computeIfAbsent(plugin.name(), name -> new ArrayList<>());
            if (known.stream().anyMatch(d -> d.plugin().endpoint().equals(plugin.endpoint()))) {
                throw new PluginFailure(
                        "endpoint " + plugin.endpoint() + " already registered for DRA driver plugin " + plugin.name());
            }
            driver = new DraDriver(
                    plugin, sockets.open(paths.onNode(plugin.endpoint())), () -> connectionChanged(plugin.name()));
            known.add(driver);
        }
        connectionChanged(plugin.name());
        follower.accept(driver.start());
    }

    @Override
    public void deregister(Plugin plugin) {
        LOG.info("DRA driver {} at {} has gone", plugin.name(), plugin.endpoint());
        remove(plugin).ifPresent(DraDriver::close);
        connectionChanged(plugin.name());
    }

    private synchronized Optional<DraDriver> remove(Plugin plugin) {
        List<DraDriver> known = drivers.getOrDefault(plugin.name(), new ArrayList<>());
        Optional<DraDriver> gone = known.stream()
                .filter(d -> d.plugin().endpoint().equals(plugin.endpoint()))
                .findFirst();
        gone.ifPresent(known::remove);
        if (known.isEmpty()) {
            drivers.remove(plugin.name());
        }
        return gone;
    }

    /// Without a connection pods that need the driver would wait on this node.
    private void connectionChanged(String name) {
        if (isUsable(name)) {
            wipes.cancel(name);
        } else {
            wipes.later(name);
        }
    }

    private synchronized boolean isUsable(String name) {
        return drivers.getOrDefault(name, List.of()).stream().anyMatch(DraDriver::isConnected);
    }

    /// The newest plugin that is connected, or else the newest.
    ///
    /// @throws DevicesFailure when there is none
    synchronized DraDriver get(String name) {
        List<DraDriver> known = drivers.getOrDefault(name, List.of());
        if (known.isEmpty()) {
            throw new DevicesFailure("DRA driver " + name + " is not registered");
        }
        return known.reversed().stream()
                .filter(DraDriver::isConnected)
                .findFirst()
                .orElse(known.getLast());
    }

    @Override
    public synchronized void close() {
        wipes.close();
        drivers.values().forEach(known -> known.forEach(DraDriver::close));
    }
}
