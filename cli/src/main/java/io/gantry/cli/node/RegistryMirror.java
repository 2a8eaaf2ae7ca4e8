package io.gantry.cli.node;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.ClusterLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where images of a registry host are pulled from instead (containerd's `hosts.toml`).
///
/// @param host the registry in image names, e.g. `docker.io`
/// @param url the mirror, e.g. `http://127.0.0.1:5000`
public record RegistryMirror(String host, String url) {
    /// From `HOST=URL`.
    public static RegistryMirror parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new CliException("--registry-mirror " + text + ": write it as docker.io=http://127.0.0.1:5000");
        }
        String url = text.substring(equals + 1);
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null
                    || uri.getScheme() == null
                    || !uri.getScheme().startsWith("http")) {
                throw new IllegalArgumentException("no http or https URL");
            }
        } catch (IllegalArgumentException e) {
            throw new CliException("--registry-mirror " + text + ": " + e.getMessage(), e);
        }
        return new RegistryMirror(text.substring(0, equals), url);
    }

    /// Whether only this network namespace reaches it.
    public boolean isOnLoopback() {
        String where = URI.create(url).getHost();
        return where.equals("localhost") || where.startsWith("127.") || where.equals("[::1]");
    }

    /// Writes one folder a host.
    public static void writeAll(ClusterLayout layout, List<String> mirrors) {
        try {
            Files.createDirectories(layout.registryHosts());
            for (String text : mirrors) {
                RegistryMirror mirror = parse(text);
                Path folder = layout.registryHosts().resolve(mirror.host());
                Files.createDirectories(folder);
                Files.writeString(folder.resolve("hosts.toml"), mirror.toml());
            }
        } catch (IOException e) {
            throw new CliException("cannot write " + layout.registryHosts() + ": " + e.getMessage(), e);
        }
    }

    private String toml() {
        return """
                [host."%s"]
                  capabilities = ["pull", "resolve"]
                """.formatted(url);
    }
}
