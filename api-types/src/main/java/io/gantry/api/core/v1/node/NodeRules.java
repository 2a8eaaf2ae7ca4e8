package io.gantry.api.core.v1.node;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.ResourceValidation;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of nodes (upstream `ValidateNode`). A node may be created with a status, unlike other kinds: the kubelet
/// registers itself so.
public final class NodeRules implements KindRules<Node> {
    private static final int MOST_OF_A_FEATURE = 253;
    private static final Pattern FEATURE = Pattern.compile("[A-Z][a-zA-Z0-9]*(/[a-zA-Z][a-zA-Z0-9]*)*");

    @Override
    public void defaults(ObjectNode object) {
        if (object.path("spec") instanceof ObjectNode spec) {
            podCidrs(spec);
        }
        if (object.path("status") instanceof ObjectNode status
                && status.has("capacity")
                && status.path("allocatable").isEmpty()) {
            status.set("allocatable", status.get("capacity").deepCopy());
        }
    }

    /// `podCIDR` is the first of `podCIDRs`, whichever is given (upstream's conversion).
    private static void podCidrs(ObjectNode spec) {
        String first = spec.path("podCIDRs").path(0).asString("");
        String one = spec.path("podCIDR").asString("");
        if (!one.isEmpty() && !one.equals(first)) {
            spec.putArray("podCIDRs").add(one);
        } else if (one.isEmpty() && !first.isEmpty()) {
            spec.put("podCIDR", first);
        }
    }

    @Override
    public void validate(Node object, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < object.spec().taints().size(); i++) {
            Taint taint = object.spec().taints().get(i);
            String at = "spec.taints[" + i + "]";
            LabelValidation.labelName(text(taint.key()), at + ".key", errors);
            References.optional(taint.value(), Names::labelValue, at + ".value", errors);
            if (text(taint.effect()).isEmpty()) {
                errors.required(at + ".effect", "");
            }
            if (!seen.add(taint.key() + ":" + taint.effect())) {
                errors.duplicate(at, taint);
            }
        }
        for (int i = 0; i < object.spec().podCIDRs().size(); i++) {
            References.cidr(object.spec().podCIDRs().get(i), "spec.podCIDRs[" + i + "]", errors);
        }
        amounts(object.status().capacity(), "status.capacity.", errors);
        amounts(object.status().allocatable(), "status.allocatable.", errors);
        declaredFeatures(object.status().declaredFeatures(), errors);
    }

    private static void amounts(Map<String, Quantity> amounts, String path, FieldErrors errors) {
        amounts.forEach((name, amount) -> ResourceValidation.quantity(name, amount, path + name, errors));
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(Node object, Node old, FieldErrors errors) {
        amounts(object.status().capacity(), "status.capacity.", errors);
        amounts(object.status().allocatable(), "status.allocatable.", errors);
        declaredFeatures(object.status().declaredFeatures(), errors);
    }

    private static void declaredFeatures(List<String> features, FieldErrors errors) {
        for (int i = 0; i < features.size(); i++) {
            String at = "status.declaredFeatures[" + i + "]";
            String feature = features.get(i);
            if (feature.length() > MOST_OF_A_FEATURE) {
                errors.invalid(
                        at,
                        feature,
                        "invalid feature name \"" + feature + "\": must be no more than " + MOST_OF_A_FEATURE
                                + " characters");
            } else if (!FEATURE.matcher(feature).matches()) {
                errors.invalid(
                        at,
                        feature,
                        "invalid feature name \"" + feature + "\": must start with an UpperCamelCase segment, with"
                                + " subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature),"
                                + " and contain only alphanumeric characters and slashes");
            }
            int order = i == 0 ? -1 : features.get(i - 1).compareTo(feature);
            if (order == 0) {
                errors.duplicate(at, feature);
            } else if (order > 0) {
                errors.invalid(at, feature, "list must be sorted alphabetically");
            }
        }
    }

    @Override
    public void validateUpdate(Node object, Node old, FieldErrors errors) {
        if (!old.spec().podCIDRs().isEmpty()
                && !old.spec().podCIDRs().equals(object.spec().podCIDRs())) {
            errors.forbidden("spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
        }
        if (!text(old.spec().providerID()).isEmpty()
                && !Objects.equals(old.spec().providerID(), object.spec().providerID())) {
            errors.forbidden("spec.providerID", "node updates may not change providerID except from \"\" to valid");
        }
        if (!text(old.spec().externalID()).equals(text(object.spec().externalID()))) {
            errors.forbidden("spec.externalID", "may not be updated");
        }
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("spec.unschedulable");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of(
                "spec.unschedulable",
                Boolean.toString(object.path("spec").path("unschedulable").asBoolean(false)));
    }
}
