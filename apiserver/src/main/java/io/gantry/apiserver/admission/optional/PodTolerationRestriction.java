package io.gantry.apiserver.admission.optional;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.pod.QosClass;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.PluginConfigs;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pods get the tolerations of their namespace's annotation, and may have no others than another one allows.
final class PodTolerationRestriction implements AdmissionPlugin {
    private static final String NAME = "PodTolerationRestriction";
    private static final Set<String> VERSIONS = Set.of("podtolerationrestriction.admission.k8s.io/v1alpha1");
    private static final String DEFAULTS = "scheduler.alpha.kubernetes.io/defaultTolerations";
    private static final String ALLOWED = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";
    private static final Toleration OF_LITTLE_MEMORY = new Toleration(
            "node.kubernetes.io/memory-pressure", Toleration.EXISTS, "", Toleration.NO_SCHEDULE, Optional.empty());

    private final ObjectReader reader;

    /// Where the namespace says nothing.
    private final List<Toleration> byDefault;

    private final List<Toleration> allowed;

    /// @throws IllegalArgumentException for a configuration that is none
    PodTolerationRestriction(ObjectReader reader, PluginConfigs configs) {
        this.reader = reader;
        Optional<JsonNode> config = configs.of(NAME, "Configuration", VERSIONS);
        this.byDefault =
                config.map(tree -> Toleration.listed(tree.path("default"))).orElse(List.of());
        this.allowed =
                config.map(tree -> Toleration.listed(tree.path("whitelist"))).orElse(List.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!Pods.isWritten(attributes)) {
            return;
        }
        List<Toleration> extra = new ArrayList<>();
        if (Pods.isCreated(attributes)) {
            extra.addAll(ofNamespace(attributes.namespace(), DEFAULTS).orElse(byDefault));
        }
        if (!isBestEffort(pod)) {
            extra.add(OF_LITTLE_MEMORY);
        }
        if (!extra.isEmpty()) {
            Toleration.put(pod, Toleration.merged(Toleration.of(pod), extra));
        }
        validate(attributes, pod, old);
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        if (!Pods.isWritten(attributes)) {
            return;
        }
        Optional<List<Toleration>> own = ofNamespace(attributes.namespace(), ALLOWED);
        if (!Toleration.allAllowed(Toleration.of(pod), own.orElse(allowed))) {
            throw StatusException.of(
                    500,
                    "",
                    "pod tolerations (possibly merged with namespace default tolerations) conflict with its "
                            + (own.isPresent() ? "namespace" : "cluster") + " whitelist",
                    null);
        }
    }

    private static boolean isBestEffort(ObjectNode pod) {
        String known = Trees.text(pod, "status", "qosClass");
        String qos = known.isEmpty() ? QosClass.of(pod.path("spec")).text() : known;
        return qos.equals("BestEffort");
    }

    /// Empty where the namespace has no such annotation.
    private Optional<List<Toleration>> ofNamespace(String namespace, String annotation) {
        Optional<String> text = reader.look(NamespaceKind.KIND, "", namespace)
                .map(object -> Trees.map(object, "metadata", "annotations").get(annotation));
        try {
            return text.map(list -> list.isEmpty() ? List.of() : Toleration.listed(Json.MAPPER.readTree(list)));
        } catch (JacksonException e) {
            throw StatusException.of(500, "", "annotation " + annotation + ": " + e.getOriginalMessage(), null);
        }
    }
}
