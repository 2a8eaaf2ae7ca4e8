package io.gantry.api.storage.v1.storageclass;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.Locale;
import java.util.Objects;

/// Rules of StorageClasses (upstream `ValidateStorageClass`).
public final class StorageClassRules implements KindRules<StorageClass> {
    @Override
    public void validate(StorageClass object, FieldErrors errors) {
        String provisioner = text(object.provisioner());
        References.requiredFormat(provisioner, p -> Names.qualified(p.toLowerCase(Locale.ROOT)), "provisioner", errors);
        if (object.parameters().containsKey("")) {
            errors.invalid("parameters", "", "field must not be empty.");
        }
    }

    @Override
    public void validateUpdate(StorageClass object, StorageClass old, FieldErrors errors) {
        forbidden(object.parameters().equals(old.parameters()), "parameters", errors);
        forbidden(Objects.equals(object.provisioner(), old.provisioner()), "provisioner", errors);
        forbidden(Objects.equals(object.reclaimPolicy(), old.reclaimPolicy()), "reclaimPolicy", errors);
        Immutable.check(object.volumeBindingMode(), old.volumeBindingMode(), "volumeBindingMode", errors);
    }

    private static void forbidden(boolean same, String field, FieldErrors errors) {
        if (!same) {
            errors.forbidden(field, "updates to " + field + " are forbidden.");
        }
    }
}
