package io.gantry.apiserver.encryption;

import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.objects.Trees;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Where a KMS plugin is.
///
/// @param name in what is stored
/// @param timeout of each call
record KmsSettings(String name, Path socket, Duration timeout) {
    private static final String TIMEOUT = "3s";

    /// Reads the `kms` of a provider.
    ///
    /// @throws IllegalArgumentException for what upstream refuses, and for the first version of the interface
    static KmsSettings of(JsonNode tree) {
        String name = Trees.text(tree, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is a mandatory field for a provider");
        }
        String version = tree.path("apiVersion").asString("v1");
        if (!version.equals("v2")) {
            throw new IllegalArgumentException(
                    "KMS provider \"" + name + "\": apiVersion " + version + " is not supported; there is: v2");
        }
        if (name.contains(":")) {
            throw new IllegalArgumentException("invalid KMS provider name " + name + ", must not contain ':'");
        }
        if (tree.has("cachesize")) {
            throw new IllegalArgumentException("KMS provider \"" + name + "\": cachesize is not supported in v2");
        }
        Duration timeout = GoDurations.parse(tree.path("timeout").asString(TIMEOUT));
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("KMS provider \"" + name + "\": timeout should be a positive value");
        }
        return new KmsSettings(name, socket(name, Trees.text(tree, "endpoint")), timeout);
    }

    private static Path socket(String name, String endpoint) {
        if (endpoint.isEmpty()) {
            throw new IllegalArgumentException("endpoint is a mandatory field for a kms");
        }
        URI uri = URI.create(endpoint);
        if (!"unix".equals(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "unsupported scheme \"" + uri.getScheme() + "\" for KMS provider, only unix is supported");
        }
        String path = uri.getPath();
        if (path == null || !path.startsWith("/") || path.startsWith("/@")) {
            throw new IllegalArgumentException(
                    "KMS provider \"" + name + "\": endpoint " + endpoint + " names no file: unix:///FILE is expected");
        }
        return Path.of(path);
    }
}
