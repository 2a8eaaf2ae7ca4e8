package io.gantry.kubelet.runtime;

/// Credentials for one registry.
public record RegistryLogin(String username, String password, String identityToken, String registryToken) {
    @Override
    public String toString() {
        return "RegistryLogin[" + username + "]";
    }
}
