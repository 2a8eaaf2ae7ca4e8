package io.gantry.apiserver.admission;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A pod that is bound gets the zone and the region of its node as labels, which the binding brings (KEP-4742).
public final class PodTopologyLabels implements AdmissionPlugin {
    private static final List<String> LABELS = List.of("topology.kubernetes.io/zone", "topology.kubernetes.io/region");

    private final ObjectReader reader;

    public PodTopologyLabels(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "PodTopologyLabels";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode binding, Optional<ObjectNode> old) {
        if (attributes.operation() != AdmissionAttributes.Operation.CREATE
                || !attributes.group().isEmpty()
                || !attributes.resource().equals("pods")
                || !attributes.subresource().equals("binding")) {
            return;
        }
        Map<String, String> labels = reader.labels(NodeKind.KIND, "", Trees.text(binding, "target", "name"));
        for (String label : LABELS) {
            String value = labels.get(label);
            if (value != null) {
                Trees.object(binding, "metadata", "labels").put(label, value);
            }
        }
    }
}
