package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives new claims and volumes the finalizer that keeps them while they are used; the protection controllers take it
/// off.
public final class StorageObjectInUseProtection implements AdmissionPlugin {
    private static final Map<String, String> FINALIZERS = Map.of(
            "persistentvolumeclaims", "kubernetes.io/pvc-protection",
            "persistentvolumes", "kubernetes.io/pv-protection");

    @Override
    public String name() {
        return "StorageObjectInUseProtection";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (attributes.operation() != AdmissionAttributes.Operation.CREATE) {
            return;
        }
        FINALIZERS.forEach((resource, finalizer) -> {
            if (attributes.is("", resource)) {
                add(Trees.object(object, "metadata"), finalizer);
            }
        });
    }

    private static void add(ObjectNode metadata, String finalizer) {
        ArrayNode finalizers =
                metadata.get("finalizers") instanceof ArrayNode present ? present : metadata.putArray("finalizers");
        for (JsonNode known : finalizers) {
            if (finalizer.equals(known.asString(""))) {
                return;
            }
        }
        finalizers.add(finalizer);
    }
}
