package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.authn.Usernames;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.authz.Forbidden;
import io.gantry.apiserver.objects.Trees;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who binds a ResourceClaim needs the right to `resourceclaims/binding`; who writes what a driver says of its devices,
/// the right to `resourceclaims/driver` by the driver's name, for claims on any node or on that of his pod (upstream
/// `pkg/registry/resource/utils.go`, where it is a part of validation).
public final class ClaimStatusRights implements AdmissionPlugin {
    private static final String GROUP = "resource.k8s.io";
    private static final String NODE_OF_POD = "authentication.kubernetes.io/node-name";
    private static final List<String> KEY = List.of("driver", "pool", "device", "shareID");

    private final Authorizer authorizer;

    public ClaimStatusRights(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "ClaimStatusRights";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode claim, Optional<ObjectNode> old) {
        if (!attributes.group().equals(GROUP)
                || !attributes.resource().equals("resourceclaims")
                || !attributes.subresource().equals("status")
                || attributes.operation() != AdmissionAttributes.Operation.UPDATE
                || old.isEmpty()) {
            return;
        }
        FieldErrors errors = new FieldErrors();
        JsonNode now = claim.path("status");
        JsonNode before = old.get().path("status");
        binding(attributes, now, before, errors);
        if (now.path("allocation").isObject()) {
            drivers(attributes, now, before, errors);
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid(GROUP, attributes.kind(), attributes.name(), errors.all());
        }
    }

    private void binding(AdmissionAttributes attributes, JsonNode now, JsonNode before, FieldErrors errors) {
        boolean same = Optional.of(now.path("allocation"))
                        .filter(JsonNode::isObject)
                        .equals(Optional.of(before.path("allocation")).filter(JsonNode::isObject))
                && Trees.list(now, "reservedFor").equals(Trees.list(before, "reservedFor"));
        if (same) {
            return;
        }
        String verb = attributes.verb();
        refusal(rights(attributes, verb, "binding", "", ""))
                .ifPresent(why -> errors.forbidden(
                        "status.allocation",
                        "changing status.allocation or status.reservedFor requires"
                                + " resource=\"resourceclaims/binding\", verb=\"" + verb + "\" permission: " + why));
    }

    private void drivers(AdmissionAttributes attributes, JsonNode now, JsonNode before, FieldErrors errors) {
        String anywhere = "arbitrary-node:" + attributes.verb();
        List<String> verbs = isOnNodeOf(attributes, now.path("allocation"))
                ? List.of("associated-node:" + attributes.verb(), anywhere)
                : List.of(anywhere);
        for (String driver : changed(now, before)) {
            List<Optional<String>> refusals = verbs.stream()
                    .map(verb -> refusal(rights(attributes, verb, "driver", attributes.namespace(), driver)))
                    .toList();
            if (refusals.stream().allMatch(Optional::isPresent)) {
                errors.forbidden(
                        "status.devices",
                        "changing status.devices requires resource=\"resourceclaims/driver\", verb=\"["
                                + String.join(" ", verbs) + "]\" permission: "
                                + refusals.getFirst().orElseThrow());
            }
        }
    }

    /// Drivers of which an entry is new, other or gone.
    private static Set<String> changed(JsonNode now, JsonNode before) {
        Map<List<String>, JsonNode> was = byKey(before);
        Map<List<String>, JsonNode> is = byKey(now);
        Set<String> drivers = new TreeSet<>();
        is.forEach((key, device) -> {
            if (!device.equals(was.remove(key))) {
                drivers.add(key.getFirst());
            }
        });
        was.keySet().forEach(key -> drivers.add(key.getFirst()));
        return drivers;
    }

    private static Map<List<String>, JsonNode> byKey(JsonNode status) {
        Map<List<String>, JsonNode> devices = new HashMap<>();
        for (JsonNode device : Trees.list(status, "devices")) {
            devices.put(KEY.stream().map(field -> Trees.text(device, field)).toList(), device);
        }
        return devices;
    }

    /// Whether a pod's service account writes it, and the claim is for the pod's node alone.
    private static boolean isOnNodeOf(AdmissionAttributes attributes, JsonNode allocation) {
        List<JsonNode> terms = Trees.list(allocation, "nodeSelector", "nodeSelectorTerms");
        if (terms.size() != 1
                || !Trees.list(terms.getFirst(), "matchExpressions").isEmpty()) {
            return false;
        }
        List<JsonNode> fields = Trees.list(terms.getFirst(), "matchFields");
        return fields.size() == 1
                && Trees.text(fields.getFirst(), "key").equals("metadata.name")
                && Trees.text(fields.getFirst(), "operator").equals("In")
                && Trees.texts(fields.getFirst(), "values").size() == 1
                && Trees.texts(fields.getFirst(), "values")
                        .equals(attributes.user().extra().get(NODE_OF_POD))
                && Usernames.isServiceAccount(attributes.user().name());
    }

    private static Attributes rights(
            AdmissionAttributes attributes, String verb, String part, String namespace, String name) {
        return new Attributes(
                attributes.user(),
                verb,
                namespace,
                GROUP,
                attributes.version(),
                "resourceclaims",
                part,
                name,
                true,
                "",
                "");
    }

    /// Why not; empty where it is allowed.
    private Optional<String> refusal(Attributes attributes) {
        Decision decision = authorizer.decide(attributes);
        return decision.allowed()
                ? Optional.empty()
                : Optional.of(String.valueOf(
                        Forbidden.of(attributes, decision.reason()).getMessage()));
    }
}
