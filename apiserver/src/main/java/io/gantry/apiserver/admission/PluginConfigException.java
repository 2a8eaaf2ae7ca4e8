package io.gantry.apiserver.admission;

import java.util.function.Supplier;

/// A plugin does not take its configuration. The message, in upstream's words, is for whoever wrote that; there is
/// nothing to be looked for in this program.
public final class PluginConfigException extends IllegalArgumentException {
    private PluginConfigException(String plugin, IllegalArgumentException why) {
        super("couldn't init admission plugin \"" + plugin + "\": " + why.getMessage(), why);
    }

    /// Makes a plugin.
    ///
    /// @param name of the plugin, as flags and configurations have it
    /// @throws PluginConfigException when it refuses its configuration
    public static <T> T naming(String name, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException why) {
            throw new PluginConfigException(name, why);
        }
    }
}
