package io.gantry.apiserver.admission;

import io.gantry.api.core.v1.limitrange.LimitRangeKind;
import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives containers the default requests and limits of the namespace's LimitRanges, and refuses what lies outside their
/// bounds (upstream `plugin/pkg/admission/limitranger`).
public final class LimitRanger implements AdmissionPlugin {
    private final ObjectReader reader;

    public LimitRanger(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "LimitRanger";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!asksForPods(attributes)) {
            return;
        }
        for (JsonNode limit : limits(attributes, "Container")) {
            for (String field : List.of("initContainers", "containers")) {
                Trees.objects(pod, "spec", field).forEach(container -> defaults(container, limit));
            }
        }
    }

    /// New pods, and those that are resized.
    private static boolean asksForPods(AdmissionAttributes attributes) {
        boolean pods = attributes.group().isEmpty() && attributes.resource().equals("pods");
        return pods
                && switch (attributes.operation()) {
                    case CREATE -> attributes.subresource().isEmpty();
                    case UPDATE -> attributes.subresource().equals("resize");
                    default -> false;
                };
    }

    private static void defaults(ObjectNode container, JsonNode limit) {
        Trees.map(limit, "default").forEach((name, amount) -> set(container, "limits", name, amount));
        Trees.map(limit, "defaultRequest").forEach((name, amount) -> set(container, "requests", name, amount));
    }

    private static void set(ObjectNode container, String which, String name, String amount) {
        if (Trees.text(container, "resources", which, name).isEmpty()) {
            Trees.object(container, "resources", which).put(name, amount);
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean creates = attributes.operation() == AdmissionAttributes.Operation.CREATE;
        List<String> wrong = new ArrayList<>();
        boolean deleted = old.map(before -> before.path("metadata").has("deletionTimestamp"))
                .orElse(false);
        if (asksForPods(attributes) && !deleted) {
            pod(attributes, object.path("spec"), wrong);
        }
        boolean resizes = attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (attributes.is("", "persistentvolumeclaims") && (creates || resizes)) {
            for (JsonNode limit : limits(attributes, "PersistentVolumeClaim")) {
                check(
                        "PersistentVolumeClaim",
                        limit,
                        PodRequests.amounts(object.path("spec"), "requests"),
                        Map.of(),
                        wrong);
            }
        }
        if (!wrong.isEmpty()) {
            throw Refusals.forbidden(
                    attributes, wrong.size() == 1 ? wrong.getFirst() : "[" + String.join(", ", wrong) + "]");
        }
    }

    private void pod(AdmissionAttributes attributes, JsonNode spec, List<String> wrong) {
        for (JsonNode limit : limits(attributes, "Container")) {
            for (String field : List.of("containers", "initContainers")) {
                for (JsonNode container : Trees.list(spec, field)) {
                    check(
                            "Container",
                            limit,
                            PodRequests.amounts(container, "requests"),
                            PodRequests.amounts(container, "limits"),
                            wrong);
                }
            }
        }
        for (JsonNode limit : limits(attributes, "Pod")) {
            check("Pod", limit, PodRequests.of(spec, "requests"), PodRequests.of(spec, "limits"), wrong);
        }
    }

    private static void check(
            String type,
            JsonNode limit,
            Map<String, Quantity> requests,
            Map<String, Quantity> limits,
            List<String> wrong) {
        Trees.map(limit, "min").forEach((name, min) -> {
            Quantity request = requests.get(name);
            if (request == null) {
                wrong.add("minimum " + name + " usage per " + type + " is " + min + ".  No request is specified");
            } else if (request.compareTo(Quantity.parse(min)) < 0) {
                wrong.add("minimum " + name + " usage per " + type + " is " + min + ", but request is " + request);
            }
        });
        boolean claim = type.equals("PersistentVolumeClaim");
        Trees.map(limit, "max").forEach((name, max) -> {
            Quantity used = claim ? requests.get(name) : limits.get(name);
            String what = claim ? "request" : "limit";
            if (used == null) {
                wrong.add("maximum " + name + " usage per " + type + " is " + max + ".  No " + what + " is specified");
            } else if (used.compareTo(Quantity.parse(max)) > 0) {
                wrong.add("maximum " + name + " usage per " + type + " is " + max + ", but " + what + " is " + used);
            }
        });
        Trees.map(limit, "maxLimitRequestRatio").forEach((name, ratio) -> {
            Quantity request = requests.get(name);
            Quantity top = limits.get(name);
            if (request == null || top == null || request.compareTo(Quantity.ZERO) <= 0) {
                wrong.add(name + " max limit to request ratio per " + type + " is " + ratio
                        + ", but no request or limit is specified");
            } else if (above(top, request, Quantity.parse(ratio))) {
                wrong.add(name + " max limit to request ratio per " + type + " is " + ratio
                        + ", but provided ratio is higher");
            }
        });
    }

    private static boolean above(Quantity top, Quantity request, Quantity ratio) {
        return top.amount().divide(request.amount(), MathContext.DECIMAL64).compareTo(ratio.amount()) > 0;
    }

    private List<JsonNode> limits(AdmissionAttributes attributes, String type) {
        List<JsonNode> found = new ArrayList<>();
        for (ObjectNode range : reader.list(LimitRangeKind.KIND, attributes.namespace())) {
            Trees.list(range, "spec", "limits").stream()
                    .filter(limit -> Trees.text(limit, "type").equals(type))
                    .forEach(found::add);
        }
        return found;
    }
}
