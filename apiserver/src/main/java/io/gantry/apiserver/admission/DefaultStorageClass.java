package io.gantry.apiserver.admission;

import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Gives a claim that names no storage class the default one; of several the newest.
public final class DefaultStorageClass implements AdmissionPlugin {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String BETA_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";
    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

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
                || Trees.at(claim, "metadata", "annotations").has(BETA_CLASS)) {
            return;
        }
        reader.list(StorageClassKind.KIND, "").stream()
                .filter(DefaultStorageClass::isDefault)
                .max(Comparator.<ObjectNode, String>comparing(c -> Trees.text(c, "metadata", "creationTimestamp"))
                        .thenComparing(Trees::name, Comparator.reverseOrder()))
                .ifPresent(c -> Trees.object(claim, "spec").put("storageClassName", Trees.name(c)));
    }

    private static boolean isDefault(ObjectNode storageClass) {
        return List.of(DEFAULT, BETA_DEFAULT).stream()
                .anyMatch(annotation -> Trees.text(storageClass, "metadata", "annotations", annotation)
                        .equals("true"));
    }
}
