package io.gantry.kubelet.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who may ask the kubelet for what (upstream `pkg/kubelet/server/auth.go`): the API server decides about tokens, and
/// about rules for `nodes/proxy`, `nodes/metrics` and the like. Thread-safe.
final class Access {
    private static final String BEARER = "Bearer ";

    /// The API server's word.
    interface Reviews {
        /// Empty for a token that is not valid.
        Optional<Client> owner(String token);

        /// @param verb `get`, `create`…
        /// @param subresource of the node
        boolean allows(Client client, String verb, String subresource);
    }

    private final Reviews reviews;

    Access(Reviews reviews) {
        this.reviews = reviews;
    }

    /// Lets a request through.
    ///
    /// @param certified who showed a certificate
    /// @throws HttpFailure 401 for nobody, 403 for somebody who may not
    void check(HttpRequest request, Optional<Client> certified) throws HttpFailure {
        Client client = certified
                .or(() -> request.header("authorization")
                        .filter(value -> value.startsWith(BEARER))
                        .flatMap(value ->
                                reviews.owner(value.substring(BEARER.length()).strip())))
                .orElseThrow(() -> new HttpFailure(401, "Unauthorized"));
        if (client.mayUseAll()) {
            return;
        }
        String verb = verb(request.method());
        List<String> subresources = subresources(request.path());
        if (subresources.stream().noneMatch(part -> reviews.allows(client, verb, part))) {
            throw new HttpFailure(
                    403,
                    "Forbidden (user=" + client.user() + ", verb=" + verb + ", resource=nodes, subresource(s)=["
                            + String.join(" ", subresources) + "])\n");
        }
    }

    static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "get";
        };
    }

    /// Any of which suffices; the finer one is asked about first.
    static List<String> subresources(List<String> path) {
        List<String> parts = new ArrayList<>();
        String first = path.isEmpty() ? "" : path.getFirst();
        switch (first) {
            case "pods", "runningpods" -> parts.add("pods");
            case "healthz", "configz" -> parts.add(first);
            default -> {}
        }
        parts.add(
                switch (first) {
                    case "stats", "metrics", "checkpoint", "statusz" -> first;
                    case "flagz" -> "configz";
                    case "logs" -> "log";
                    default -> "proxy";
                });
        return parts;
    }
}
