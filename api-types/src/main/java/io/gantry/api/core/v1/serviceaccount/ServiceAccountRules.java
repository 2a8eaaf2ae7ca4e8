package io.gantry.api.core.v1.serviceaccount;

import io.gantry.api.kind.KindRules;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Rules of service accounts (upstream `pkg/registry/core/serviceaccount/strategy.go`).
final class ServiceAccountRules implements KindRules<ServiceAccount> {
    private static final String MOUNTABLE = "kubernetes.io/enforce-mountable-secrets";

    @Override
    public boolean isPlain(JsonNode object) {
        return !isLimited(object);
    }

    @Override
    public boolean isPlainUpdate(JsonNode object, JsonNode old) {
        return true;
    }

    @Override
    public List<String> changeWarnings(JsonNode object, Optional<? extends JsonNode> old) {
        boolean isNew = old.filter(ServiceAccountRules::isLimited).isEmpty();
        return isNew && isLimited(object)
                ? List.of("metadata.annotations[" + MOUNTABLE + "]: deprecated in v1.32+; prefer separate namespaces to"
                        + " isolate access to mounted secrets")
                : List.of();
    }

    private static boolean isLimited(JsonNode object) {
        return object.path("metadata").path("annotations").has(MOUNTABLE);
    }
}
