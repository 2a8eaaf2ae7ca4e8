package io.gantry.apiserver.aggregation;

import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether the server of an APIService can be asked, by what the cluster knows of its Service (upstream
/// `kube-aggregator/pkg/controllers/status/remote`). Pure.
///
/// @param reason in CamelCase
record Availability(boolean available, String reason, String message) {
    static final Availability PASSED = new Availability(true, "Passed", "all checks passed");

    /// What stands against it before anybody is asked; empty when nothing does.
    static Optional<Availability> obstacle(
            RemoteService remote, Optional<JsonNode> service, List<JsonNode> endpointSlices) {
        String name = "service/" + remote.service() + " in \"" + remote.namespace() + "\"";
        if (service.isEmpty()) {
            return no("ServiceNotFound", name + " is not present");
        }
        if (Trees.text(service.get(), "spec", "type").equals("ExternalName")) {
            return Optional.empty();
        }
        Optional<ObjectNode> port = Trees.objects(service.get(), "spec", "ports").stream()
                .filter(p -> p.path("port").asInt(0) == remote.port())
                .findFirst();
        if (port.isEmpty()) {
            return no("ServicePortError", name + " is not listening on port " + remote.port());
        }
        if (endpointSlices.isEmpty()) {
            return no("EndpointsNotFound", "cannot find endpointslices for " + name);
        }
        String portName = Trees.text(port.get(), "name");
        return endpointSlices.stream().anyMatch(slice -> serves(slice, portName))
                ? Optional.empty()
                : no(
                        "MissingEndpoints",
                        "endpointslices for " + name + " have no addresses with port name \"" + portName + "\"");
    }

    private static Optional<Availability> no(String reason, String message) {
        return Optional.of(new Availability(false, reason, message));
    }

    private static boolean serves(JsonNode slice, String portName) {
        return Trees.list(slice, "ports").stream()
                        .anyMatch(port -> Trees.text(port, "name").equals(portName))
                && Trees.list(slice, "endpoints").stream()
                        .anyMatch(endpoint ->
                                endpoint.path("conditions").path("ready").asBoolean(true));
    }

    /// The answer to a question for the discovery document.
    static Availability discovery(String url, String failure) {
        return new Availability(
                false, "FailedDiscoveryCheck", "failing or missing response from " + url + ": " + failure);
    }
}
