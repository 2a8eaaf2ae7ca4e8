package io.gantry.apiserver.admission;

import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.api.storage.v1.storageclass.StorageClasses;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gives a claim that names no storage class the default one; of several the newest.
public final class DefaultStorageClass implements AdmissionPlugin {
    private final ObjectReader reader;

    public DefaultStorageClass(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "DefaultStorageClass";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode claim, Optional<ObjectNode> old) {
        if (!attributes.is("", "persistentvolumeclaims")
                || attributes.operation() != AdmissionAttributes.Operation.CREATE
                || claim.path("spec").has("storageClassName")
                || Trees.at(claim, "metadata", "annotations").has(StorageClassNames.BETA)) {
            return;
        }
        reader.list(StorageClassKind.KIND, "").stream()
                .filter(StorageClasses::isDefault)
                .max(Comparator.<ObjectNode, String>comparing(c -> Trees.text(c, "metadata", "creationTimestamp"))
                        .thenComparing(Trees::name, Comparator.reverseOrder()))
                .ifPresent(c -> Trees.object(claim, "spec").put("storageClassName", Trees.name(c)));
    }
}
