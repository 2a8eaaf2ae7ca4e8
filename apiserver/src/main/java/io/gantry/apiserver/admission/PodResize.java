package io.gantry.apiserver.admission;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetails;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.api.resource.Quantity;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A pod on a node may not ask for more than the whole node has (upstream `plugin/pkg/admission/podresize`).
public final class PodResize implements AdmissionPlugin {
    private final ObjectReader reader;

    public PodResize(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "PodResizeValidator";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        boolean resize = attributes.group().isEmpty()
                && attributes.resource().equals("pods")
                && attributes.subresource().equals("resize")
                && attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (!resize
                || old.filter(before -> before.path("spec").equals(pod.path("spec")))
                        .isPresent()) {
            return;
        }
        String name = Trees.text(pod, "spec", "nodeName");
        if (name.isEmpty()) {
            return;
        }
        ObjectNode node = reader.get(NodeKind.KIND, "", name)
                .orElseThrow(() -> Refusals.forbidden(attributes, "node \"" + name + "\" not found"));
        String system = Trees.text(node, "metadata", "labels", "kubernetes.io/os");
        if (!system.isEmpty() && !system.equals("linux")) {
            String why = "pod resize is only supported on linux nodes, node \"" + name + "\" is \"" + system + "\"";
            throw refused(attributes, why, "UnsupportedPlatform");
        }
        fits(attributes, pod, node);
    }

    private static void fits(AdmissionAttributes attributes, ObjectNode pod, ObjectNode node) {
        Map<String, Quantity> asked = PodResources.requests(Json.MAPPER.treeToValue(pod, Pod.class));
        List<String> missing = new ArrayList<>();
        for (String resource : List.of("cpu", "memory")) {
            Quantity amount = asked.getOrDefault(resource, Quantity.ZERO);
            String text = Trees.text(node, "status", "allocatable", resource);
            Quantity there = text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
            if (amount.compareTo(there) > 0) {
                missing.add(resource + ", requested: " + shown(resource, amount) + ", allocatable: "
                        + shown(resource, there));
            }
        }
        if (!missing.isEmpty()) {
            String why = "node didn't have enough allocatable resources: " + String.join("; ", missing);
            throw refused(attributes, why, "NodeCapacity");
        }
    }

    private static long shown(String resource, Quantity amount) {
        return resource.equals("cpu") ? amount.milliValue() : amount.value();
    }

    private static StatusException refused(AdmissionAttributes attributes, String why, String cause) {
        StatusException plain = Refusals.forbidden(attributes, why);
        StatusDetails details = StatusDetailsBuilder.builder(plain.status().details())
                .causes(List.of(StatusCauseBuilder.builder().reason(cause).build()))
                .build();
        return StatusException.of(
                403, "Forbidden", Objects.requireNonNullElse(plain.status().message(), ""), details);
    }
}
