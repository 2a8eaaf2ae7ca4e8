package io.gantry.apiserver.admission;

import io.gantry.api.resource.Quantity;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A claim grows only when it is bound and its storage class allows expansion.
public final class ClaimResize implements AdmissionPlugin {
    private final ObjectReader reader;

    public ClaimResize(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "PersistentVolumeClaimResize";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode claim, Optional<ObjectNode> old) {
        if (!attributes.is("", "persistentvolumeclaims")
                || attributes.operation() != AdmissionAttributes.Operation.UPDATE
                || old.isEmpty()
                || size(claim).compareTo(size(old.get())) <= 0) {
            return;
        }
        if (!Trees.text(old.get(), "status", "phase").equals("Bound")) {
            throw Refusals.forbidden(attributes, "Only bound persistent volume claims can be expanded");
        }
        String name = Trees.text(claim, "spec", "storageClassName");
        boolean allowed = !name.isEmpty()
                && reader.get(StorageClassKind.KIND, "", name)
                        .map(c -> Trees.flag(c, "allowVolumeExpansion"))
                        .orElse(false);
        if (!allowed) {
            throw Refusals.forbidden(
                    attributes,
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must"
                            + " support resize");
        }
    }

    private static Quantity size(ObjectNode claim) {
        String text = Trees.text(claim, "spec", "resources", "requests", "storage");
        return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
    }
}
