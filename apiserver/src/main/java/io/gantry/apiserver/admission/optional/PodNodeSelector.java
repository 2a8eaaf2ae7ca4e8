package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Pods run on the nodes that their namespace's annotation `scheduler.alpha.kubernetes.io/node-selector` names.
final class PodNodeSelector implements AdmissionPlugin {
    private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

    private final ObjectReader reader;

    PodNodeSelector(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "PodNodeSelector";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!Pods.isCreated(attributes)) {
            return;
        }
        Map<String, String> wanted = ofNamespace(attributes.namespace());
        refuseConflicts(attributes, pod, wanted);
        if (!wanted.isEmpty()) {
            ObjectNode selector = Trees.object(pod, "spec", "nodeSelector");
            wanted.forEach(selector::put);
        }
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (Pods.isCreated(attributes)) {
            refuseConflicts(attributes, pod, ofNamespace(attributes.namespace()));
        }
    }

    private static void refuseConflicts(AdmissionAttributes attributes, ObjectNode pod, Map<String, String> wanted) {
        Map<String, String> own = Trees.map(pod, "spec", "nodeSelector");
        boolean conflicts = wanted.entrySet().stream()
                .anyMatch(label -> !label.getValue().equals(own.getOrDefault(label.getKey(), label.getValue())));
        if (conflicts) {
            throw Refusals.forbidden(
                    attributes, "pod node label selector conflicts with its namespace node label selector");
        }
    }

    private Map<String, String> ofNamespace(String namespace) {
        return reader.look(NamespaceKind.KIND, "", namespace)
                .map(object -> labels(Trees.text(object, "metadata", "annotations", ANNOTATION)))
                .orElse(Map.of());
    }

    /// `a=b,c=d`; what is none of that is the server's error, as upstream has it.
    private static Map<String, String> labels(String selector) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : selector.isEmpty() ? new String[0] : selector.split(",", -1)) {
            String[] parts = label.split("=", -1);
            if (parts.length != 2) {
                throw wrong("invalid selector: [" + String.join(" ", parts) + "]");
            }
            String key = parts[0].strip();
            String value = parts[1].strip();
            check("<nil>", key, Names.qualified(key));
            check("<nil>[" + key + "]", value, Names.labelValue(value));
            labels.put(key, value);
        }
        return labels;
    }

    private static void check(String path, String value, List<String> problems) {
        if (!problems.isEmpty()) {
            throw wrong(path + ": Invalid value: \"" + value + "\": " + String.join("; ", problems));
        }
    }

    private static StatusException wrong(String message) {
        return StatusException.of(500, "", message, null);
    }
}
