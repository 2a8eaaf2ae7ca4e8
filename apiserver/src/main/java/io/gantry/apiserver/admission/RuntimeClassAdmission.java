package io.gantry.apiserver.admission;

import io.gantry.api.node.v1.runtimeclass.RuntimeClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod takes overhead, node selector and tolerations from its RuntimeClass.
public final class RuntimeClassAdmission implements AdmissionPlugin {
    private final ObjectReader reader;

    public RuntimeClassAdmission(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "RuntimeClass";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!attributes.is("", "pods") || attributes.operation() != AdmissionAttributes.Operation.CREATE) {
            return;
        }
        ObjectNode spec = Trees.object(pod, "spec");
        Optional<ObjectNode> found = find(attributes, spec);
        JsonNode wanted = found.map(c -> Trees.at(c, "overhead", "podFixed")).orElse(spec.path("none"));
        if (spec.has("overhead") && !spec.path("overhead").equals(wanted)) {
            throw Refusals.forbidden(
                    attributes, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
        if (found.isEmpty()) {
            return;
        }
        if (!wanted.isEmpty()) {
            spec.set("overhead", wanted.deepCopy());
        }
        for (Map.Entry<String, String> label :
                Trees.map(found.get(), "scheduling", "nodeSelector").entrySet()) {
            String own = Trees.text(spec, "nodeSelector", label.getKey());
            if (!own.isEmpty() && !own.equals(label.getValue())) {
                throw Refusals.forbidden(
                        attributes,
                        "conflict: runtimeClass.scheduling.nodeSelector[" + label.getKey() + "] = " + label.getValue()
                                + ", but pod.spec.nodeSelector[" + label.getKey() + "] = " + own);
            }
            Trees.object(spec, "nodeSelector").put(label.getKey(), label.getValue());
        }
        for (JsonNode toleration : Trees.list(found.get(), "scheduling", "tolerations")) {
            if (!Trees.list(spec, "tolerations").contains(toleration)) {
                Trees.array(spec, "tolerations").add(toleration.deepCopy());
            }
        }
    }

    private Optional<ObjectNode> find(AdmissionAttributes attributes, ObjectNode spec) {
        String name = Trees.text(spec, "runtimeClassName");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(reader.look(RuntimeClassKind.KIND, "", name)
                .orElseThrow(
                        () -> Refusals.forbidden(attributes, "pod rejected: RuntimeClass \"" + name + "\" not found")));
    }
}
