package io.gantry.api.storage.v1.csistoragecapacity;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;

/// Rules of CSIStorageCapacities (upstream `ValidateCSIStorageCapacity`).
public final class CSIStorageCapacityRules implements KindRules<CSIStorageCapacity> {
    @Override
    public void validate(CSIStorageCapacity object, FieldErrors errors) {
        LabelValidation.selector(object.nodeTopology(), "nodeTopology", errors);
        References.format(object.storageClassName(), Names::subdomain, "storageClassName", errors);
        if (object.capacity() != null && object.capacity().amount().signum() < 0) {
            errors.invalid("capacity", object.capacity().canonical(), "must be greater than or equal to 0");
        }
    }

    @Override
    public void validateUpdate(CSIStorageCapacity object, CSIStorageCapacity old, FieldErrors errors) {
        Immutable.check(object.nodeTopology(), old.nodeTopology(), "nodeTopology", errors);
        Immutable.check(text(object.storageClassName()), text(old.storageClassName()), "storageClassName", errors);
    }
}
