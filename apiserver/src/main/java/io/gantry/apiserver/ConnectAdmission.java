package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.endpoint.AdmissionChain;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.http.Query;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Admission of connections: exec, attach, port-forward and the proxies. What is admitted are their options, as an
/// object made of the query (upstream `PodExecOptions` and the like).
record ConnectAdmission(AdmissionChain chain) {
    private static final List<String> STREAMS = List.of("stdin", "stdout", "stderr", "tty");

    /// @throws io.gantry.api.StatusException refuses
    void admit(Call call) {
        if (call.info().subresource().equals("log")) {
            return;
        }
        AdmissionAttributes attributes = call.connecting();
        ObjectNode options = options(call);
        chain.mutate(attributes, options, Optional.empty());
        chain.validate(attributes, options, Optional.empty());
    }

    private static ObjectNode options(Call call) {
        ObjectNode options = Json.MAPPER.createObjectNode();
        Query query = call.request().query();
        String subresource = call.info().subresource();
        options.put("kind", kind(call.resource().kind(), subresource)).put("apiVersion", "v1");
        switch (subresource) {
            case "exec", "attach" -> {
                STREAMS.stream().filter(query::flag).forEach(stream -> options.put(stream, true));
                query.first("container").ifPresent(name -> options.put("container", name));
                query.all("command")
                        .forEach(word -> options.withArray("command").add(word));
            }
            case "portforward" ->
                query.all("ports")
                        .forEach(port ->
                                options.withArray("ports").add(port.matches("\\d{1,9}") ? Integer.parseInt(port) : 0));
            default -> options.put("path", "/" + String.join("/", call.info().rest()));
        }
        return options;
    }

    private static String kind(String resource, String subresource) {
        return switch (subresource) {
            case "portforward" -> "PodPortForwardOptions";
            case "proxy" -> resource + "ProxyOptions";
            default ->
                resource + subresource.substring(0, 1).toUpperCase(Locale.ROOT) + subresource.substring(1) + "Options";
        };
    }
}
