package io.gantry.apiserver.policy;

import io.gantry.api.Json;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionRequests;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.library.AuthorizerValues;
import io.gantry.cel.value.CelNull;
import io.gantry.cel.value.JsonValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What the expressions of a policy see of a request. Used by one thread.
final class RequestScope implements Activation {
    private final AdmissionAttributes attributes;
    private final Matched matched;
    private final Optional<ServedResource> requested;
    private final Optional<ObjectNode> namespace;
    private final Optional<ObjectNode> params;
    private final Authorizer authorizer;
    private final Map<String, Object> values = new HashMap<>();

    /// @param object and `old`: as the policy sees them; empty objects are none
    RequestScope(
            AdmissionAttributes attributes,
            Matched matched,
            Optional<ServedResource> requested,
            ObjectNode object,
            Optional<ObjectNode> old,
            Optional<ObjectNode> namespace,
            Optional<ObjectNode> params,
            Authorizer authorizer) {
        this.attributes = attributes;
        this.matched = matched;
        this.requested = requested;
        this.namespace = namespace;
        this.params = params;
        this.authorizer = authorizer;
        values.put(PolicyCompiler.OBJECT, object.isEmpty() ? CelNull.NULL : JsonValues.of(object));
        values.put(PolicyCompiler.OLD_OBJECT, old.<Object>map(JsonValues::of).orElse(CelNull.NULL));
    }

    /// Adds the values of a policy's variables.
    void variables(Object variables) {
        values.put(PolicyCompiler.VARIABLES, variables);
    }

    @Override
    public @Nullable Object resolve(String name) {
        Object known = values.get(name);
        if (known != null) {
            return known;
        }
        Object made = make(name);
        if (made != null) {
            values.put(name, made);
        }
        return made;
    }

    private @Nullable Object make(String name) {
        AuthorizerValues.Asking asking =
                new AuthorizerValues.Asking(new AuthorizedAccess(attributes.user(), authorizer));
        return switch (name) {
            case PolicyCompiler.REQUEST -> JsonValues.of(request(), PolicyTypes.REQUEST);
            case PolicyCompiler.NAMESPACE_OBJECT ->
                namespace
                        .map(tree -> JsonValues.of(tree, PolicyTypes.NAMESPACE))
                        .orElse(CelNull.NULL);
            case PolicyCompiler.PARAMS -> params.<Object>map(JsonValues::of).orElse(CelNull.NULL);
            case PolicyCompiler.AUTHORIZER -> asking;
            case PolicyCompiler.REQUEST_RESOURCE ->
                new AuthorizerValues.ResourceCheck(
                        asking,
                        attributes.group(),
                        attributes.resource(),
                        attributes.subresource(),
                        attributes.namespace(),
                        attributes.name(),
                        "",
                        "");
            default -> null;
        };
    }

    private ObjectNode request() {
        ObjectNode request = Json.MAPPER.createObjectNode();
        Optional<ServedResource> seen = matched.other().or(() -> requested);
        String group = seen.map(ServedResource::group).orElse(attributes.group());
        String version = seen.map(ServedResource::version).orElse(attributes.version());
        String kind = matched.other().map(ServedResource::kind).orElse(attributes.kind());
        String plural = seen.map(ServedResource::plural).orElse(attributes.resource());
        AdmissionRequests.triple(request.putObject("kind"), group, version, "kind", kind);
        AdmissionRequests.triple(request.putObject("resource"), group, version, "resource", plural);
        AdmissionRequests.triple(
                request.putObject("requestKind"), attributes.group(), attributes.version(), "kind", attributes.kind());
        AdmissionRequests.triple(
                request.putObject("requestResource"),
                attributes.group(),
                attributes.version(),
                "resource",
                attributes.resource());
        AdmissionRequests.describe(request, attributes);
        request.put("dryRun", attributes.dryRun());
        request.set("options", AdmissionRequests.options(attributes));
        return request;
    }
}
