package io.gantry.apiserver.proxy;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Reads endpoints from a slice.
final class EndpointAddresses {
    private EndpointAddresses() {}

    /// The ready endpoints with a port of that name (empty: the port without a name).
    static Stream<Backend> ready(JsonNode slice, String portName, Backend.Security security, String target) {
        return stream(slice.path("ports"))
                .filter(port -> port.path("name").asString("").equals(portName))
                .flatMap(port -> stream(slice.path("endpoints"))
                        .filter(endpoint ->
                                endpoint.path("conditions").path("ready").asBoolean(true))
                        .map(endpoint -> endpoint.path("addresses").path(0).asString(""))
                        .filter(address -> !address.isEmpty())
                        .map(address -> new Backend(address, port.path("port").asInt(0), security, target)));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
