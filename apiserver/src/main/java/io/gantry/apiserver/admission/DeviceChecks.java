package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.cel.CompileException;
import io.gantry.cel.DeviceExpressions;
import io.gantry.cel.Expression;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What validation of claims, their templates and classes of devices needs beside the object: CEL, and the labels of
/// the namespace (upstream `pkg/apis/resource/validation` and `pkg/registry/resource/utils.go`, where it is a part of
/// validation).
public final class DeviceChecks implements AdmissionPlugin {
    private static final String GROUP = "resource.k8s.io";
    private static final String ADMIN_LABEL = "resource.kubernetes.io/admin-access";
    private static final long MAX_COST = 1_000_000;

    private final ObjectReader reader;

    public DeviceChecks(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "DeviceChecks";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (!attributes.group().equals(GROUP)) {
            return;
        }
        FieldErrors errors = new FieldErrors();
        switch (attributes.resource()) {
            case "resourceclaims" -> claim(attributes, object, old, errors);
            case "resourceclaimtemplates" -> {
                JsonNode spec = object.path("spec").path("spec");
                if (old.isEmpty()) {
                    adminRequests(attributes.namespace(), spec, errors);
                }
                requests(spec, "spec.spec.devices.requests", errors);
            }
            case "deviceclasses" -> selectors(object.path("spec").path("selectors"), "spec.selectors", errors);
            default -> {}
        }
        if (!errors.isEmpty()) {
            throw StatusException.invalid(GROUP, attributes.kind(), attributes.name(), errors.all());
        }
    }

    /// The spec of a claim never changes: it is looked at once.
    private void claim(AdmissionAttributes attributes, ObjectNode claim, Optional<ObjectNode> old, FieldErrors errors) {
        if (old.isEmpty()) {
            adminRequests(attributes.namespace(), claim.path("spec"), errors);
            requests(claim.path("spec"), "spec.devices.requests", errors);
        } else if (attributes.subresource().equals("status")
                && firstAdmin(results(old.get()), "").isEmpty()) {
            firstAdmin(results(claim), "")
                    .ifPresent(at -> admin(
                            attributes.namespace(),
                            "status.allocation.devices.results[" + at + "].adminAccess",
                            errors));
        }
    }

    private static JsonNode results(ObjectNode claim) {
        return claim.path("status").path("allocation").path("devices").path("results");
    }

    private void adminRequests(String namespace, JsonNode spec, FieldErrors errors) {
        firstAdmin(spec.path("devices").path("requests"), "exactly")
                .ifPresent(at -> admin(namespace, "spec.devices.requests[" + at + "].adminAccess", errors));
    }

    /// @param part of an entry that says whether it is for an administrator; empty for the entry itself
    private static Optional<Integer> firstAdmin(JsonNode entries, String part) {
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = part.isEmpty() ? entries.get(i) : entries.get(i).path(part);
            if (entry.path("adminAccess").asBoolean(false)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private void admin(String namespace, String path, FieldErrors errors) {
        if (!"true".equals(reader.labels(NamespaceKind.KIND, "", namespace).get(ADMIN_LABEL))) {
            errors.forbidden(
                    path,
                    "admin access to devices requires the `" + ADMIN_LABEL
                            + ": true` label on the containing namespace");
        }
    }

    private static void requests(JsonNode spec, String path, FieldErrors errors) {
        JsonNode requests = spec.path("devices").path("requests");
        for (int i = 0; i < requests.size(); i++) {
            String at = path + "[" + i + "]";
            selectors(requests.get(i).path("exactly").path("selectors"), at + ".exactly.selectors", errors);
            JsonNode alternatives = requests.get(i).path("firstAvailable");
            for (int j = 0; j < alternatives.size(); j++) {
                selectors(alternatives.get(j).path("selectors"), at + ".firstAvailable[" + j + "].selectors", errors);
            }
        }
    }

    private static void selectors(JsonNode selectors, String path, FieldErrors errors) {
        for (int i = 0; i < selectors.size(); i++) {
            String source = selectors.get(i).path("cel").path("expression").asString("");
            expression(source, path + "[" + i + "].cel.expression", errors);
        }
    }

    private static void expression(String source, String path, FieldErrors errors) {
        try {
            Expression compiled = DeviceExpressions.compile(source);
            if (DeviceExpressions.maxCost(compiled) > MAX_COST) {
                errors.forbidden(path, "too complex, exceeds cost limit");
            }
        } catch (CompileException e) {
            errors.invalid(path, source, String.valueOf(e.getMessage()));
        }
    }
}
