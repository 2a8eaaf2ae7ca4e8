package io.gantry.kubelet.credential;

import io.gantry.api.Copies;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.util.Map;
import java.util.Optional;

/// What a credential provider knows for an image.
///
/// @param logins by what they are for: registries, and registries with paths
/// @param account whose they are; empty where they are for all pods of the node
public record PluginLogins(Map<String, RegistryLogin> logins, Optional<ServiceAccountName> account) {
    static final PluginLogins NONE = new PluginLogins(Map.of(), Optional.empty());

    public PluginLogins {
        logins = Copies.map(logins);
    }
}
