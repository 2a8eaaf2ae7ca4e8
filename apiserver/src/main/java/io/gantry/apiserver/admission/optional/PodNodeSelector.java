package io.gantry.apiserver.admission.optional;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.Names;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.admission.Refusals;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Pods run on the nodes that their namespace's annotation `scheduler.alpha.kubernetes.io/node-selector` names, or the
/// configuration.
final class PodNodeSelector implements AdmissionPlugin {
    private static final String NAME = "PodNodeSelector";
    private static final String DEFAULT = "clusterDefaultNodeSelector";
    private static final String ANNOTATION = "scheduler.alpha.kubernetes.io/node-selector";

    private final ObjectReader reader;

    /// Selectors by namespace, of which its pods may have no other labels; and the default.
    private final Map<String, String> ofCluster;

    /// @throws IllegalArgumentException for a configuration that is none
    PodNodeSelector(ObjectReader reader, PluginConfigs configs) {
        this.reader = reader;
        this.ofCluster = configs.of(NAME)
                .map(tree -> Trees.map(tree, "podNodeSelectorPluginConfig"))
                .orElse(Map.of());
    }

    @Override
    public String name() {
        return NAME;
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
        refuseOthers(attributes, pod);
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (Pods.isCreated(attributes)) {
            refuseConflicts(attributes, pod, ofNamespace(attributes.namespace()));
            refuseOthers(attributes, pod);
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

    private void refuseOthers(AdmissionAttributes attributes, ObjectNode pod) {
        Map<String, String> allowed = labels(ofCluster.getOrDefault(attributes.namespace(), ""));
        boolean others = Trees.map(pod, "spec", "nodeSelector").entrySet().stream()
                .anyMatch(label -> !label.getValue().equals(allowed.get(label.getKey())));
        if (!allowed.isEmpty() && others) {
            throw Refusals.forbidden(
                    attributes, "pod node label selector labels conflict with its namespace whitelist");
        }
    }

    private Map<String, String> ofNamespace(String namespace) {
        Map<String, String> annotations = reader.look(NamespaceKind.KIND, "", namespace)
                .map(object -> Trees.map(object, "metadata", "annotations"))
                .orElse(Map.of());
        String byDefault = ofCluster.getOrDefault(DEFAULT, "");
        return labels(annotations.getOrDefault(ANNOTATION, byDefault));
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
