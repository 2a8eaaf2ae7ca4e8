package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A group version that a Service serves, as its APIService says.
///
/// @param name of the APIService: `VERSION.GROUP`
/// @param service its name
/// @param caBundle PEM in base64; empty for the system's authorities
/// @param insecure whether the server's certificate is not checked
/// @param available whether the last check found it so
record RemoteService(
        String name,
        String group,
        String version,
        int groupPriority,
        int versionPriority,
        String namespace,
        String service,
        int port,
        String caBundle,
        boolean insecure,
        boolean available) {
    private static final int HTTPS = 443;

    /// Empty for a local APIService.
    static Optional<RemoteService> of(ObjectNode tree) {
        if (!tree.path("spec").path("service").isObject()) {
            return Optional.empty();
        }
        return Optional.of(new RemoteService(
                Trees.name(tree),
                Trees.text(tree, "spec", "group"),
                Trees.text(tree, "spec", "version"),
                tree.path("spec").path("groupPriorityMinimum").asInt(0),
                tree.path("spec").path("versionPriority").asInt(0),
                Trees.text(tree, "spec", "service", "namespace"),
                Trees.text(tree, "spec", "service", "name"),
                Trees.at(tree, "spec", "service", "port").asInt(HTTPS),
                Trees.text(tree, "spec", "caBundle"),
                Trees.flag(tree, "spec", "insecureSkipTLSVerify"),
                Trees.objects(tree, "status", "conditions").stream()
                        .anyMatch(condition -> Trees.text(condition, "type").equals("Available")
                                && Trees.text(condition, "status").equals("True"))));
    }

    String groupVersion() {
        return group + "/" + version;
    }

    /// The path of its discovery document.
    String path() {
        return "/apis/" + groupVersion();
    }

    /// The name that the server's certificate is made for.
    String serverName() {
        return service + "." + namespace + ".svc";
    }

    /// Whether another one is reached in another way.
    boolean differs(RemoteService other) {
        return !namespace.equals(other.namespace)
                || !service.equals(other.service)
                || port != other.port
                || !caBundle.equals(other.caBundle)
                || insecure != other.insecure;
    }
}
