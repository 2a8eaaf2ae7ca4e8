package io.gantry.kubelet.csi;

import io.gantry.component.grpc.UnixSockets;
import io.gantry.kubelet.plugin.DriverPaths;
import io.gantry.kubelet.plugin.Plugin;
import io.gantry.kubelet.plugin.PluginFailure;
import io.gantry.kubelet.plugin.PluginHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The CSI drivers of this node (upstream `RegistrationHandler` in `csi_plugin.go`). Thread-safe.
public final class CsiDrivers implements PluginHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CsiDrivers.class);

    /// The type under which drivers register.
    public static final String TYPE = "CSIPlugin";

    /// What comes before upstream's words of its own in this part.
    static final String PREFIX = "kubernetes.io/csi: ";

    /// Only 1.x is spoken.
    private static final Pattern SUPPORTED = Pattern.compile("v?1\\.\\d+(\\.\\d+)?([-+].*)?");

    private final UnixSockets sockets;
    private final DriverPaths paths;
    private final NodeRegister nodeInfo;
    private final Map<String, Plugin> registered = new ConcurrentHashMap<>();

    public CsiDrivers(UnixSockets sockets, DriverPaths paths, NodeRegister nodeInfo) {
        this.sockets = sockets;
        this.paths = paths;
        this.nodeInfo = nodeInfo;
    }

    @Override
    public void validate(Plugin plugin) throws PluginFailure {
        String who = PREFIX + "ValidatePlugin for CSI driver \"" + plugin.name() + "\" failed. ";
        String why = "";
        if (plugin.versions().isEmpty()) {
            why = who + "Plugin returned an empty list for supported versions";
        } else if (plugin.versions().stream().noneMatch(CsiDrivers::isSupported)) {
            why = who + "None of the versions specified " + quoted(plugin.versions()) + " are supported";
        } else if (registered.containsKey(plugin.name())) {
            why = who + "Another driver with the same name is already registered";
        }
        if (!why.isEmpty()) {
            throw new PluginFailure("validation failed for CSI Driver " + plugin.name() + " at endpoint "
                    + plugin.endpoint() + ": " + why);
        }
    }

    private static boolean isSupported(String version) {
        return SUPPORTED.matcher(version).matches();
    }

    static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "\"" + word + "\"")
                .toList()
                .toString()
                .replace(",", "");
    }

    @Override
    public void register(Plugin plugin) throws PluginFailure {
        if (registered.putIfAbsent(plugin.name(), plugin) != null) {
            throw new PluginFailure("driver " + plugin.name() + " is already registered");
        }
        try (DriverClient client = client(plugin.name())) {
            nodeInfo.install(plugin.name(), client.info());
        } catch (CsiFailure | RuntimeException failure) {
            deregister(plugin);
            throw new PluginFailure(String.valueOf(failure.getMessage()), failure);
        }
    }

    @Override
    public void deregister(Plugin plugin) {
        LOG.info("CSI driver {} has gone", plugin.name());
        registered.remove(plugin.name());
        try {
            nodeInfo.uninstall(plugin.name());
        } catch (RuntimeException failure) {
            LOG.warn("CSINode still names driver {}: {}", plugin.name(), failure.getMessage());
        }
    }

    /// For a few calls; the caller closes it.
    DriverClient client(String driver) throws CsiFailure {
        Plugin plugin = registered.get(driver);
        if (plugin == null) {
            throw new CsiFailure("driver name " + driver + " not found in the list of registered CSI drivers", true);
        }
        return new DriverClient(
                sockets.open(paths.onNode(plugin.endpoint())),
                path -> paths.asSeenBy(plugin.endpoint(), path).toString());
    }
}
