package io.gantry.api.discovery.v1.endpointslice;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `Endpoint` of `discovery.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.discovery.v1.Endpoint", model = "V1Endpoint")
public record Endpoint(
        @Required @ListType(ListType.Kind.SET) List<String> addresses,
        @Default("{}") @Written @Nullable EndpointConditions conditions,
        @Nullable String hostname,
        @Nullable ObjectReference targetRef,
        Map<String, String> deprecatedTopology,
        @Nullable String nodeName,
        @Nullable String zone,
        @Nullable EndpointHints hints) {
    public Endpoint {
        addresses = Copies.list(addresses);
        deprecatedTopology = Copies.map(deprecatedTopology);
    }
}
