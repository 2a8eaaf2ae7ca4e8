package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives new claims, volumes and attributes classes the finalizer that keeps them while they are used; the
/// protection controllers take it off.
public final class StorageObjectInUseProtection implements AdmissionPlugin {
    private record Protected(String group, String resource, String finalizer) {}

    private static final List<Protected> PROTECTED = List.of(
            new Protected("", "persistentvolumeclaims", "kubernetes.io/pvc-protection"),
            new Protected("", "persistentvolumes", "kubernetes.io/pv-protection"),
            new Protected("storage.k8s.io", "volumeattributesclasses", "kubernetes.io/vac-protection"));

    @Override
    public String name() {
        return "StorageObjectInUseProtection";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (attributes.operation() != AdmissionAttributes.Operation.CREATE) {
            return;
        }
        PROTECTED.stream()
                .filter(kind -> attributes.is(kind.group(), kind.resource()))
                .forEach(kind -> add(Trees.object(object, "metadata"), kind.finalizer()));
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
