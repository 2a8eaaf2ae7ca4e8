package io.gantry.api.validation;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// All checks of one write of a built-in kind: its metadata, then the kind's own rules. Pure.
public final class ObjectValidation {
    private ObjectValidation() {}

    /// Faults of a new object, in upstream's order: metadata first.
    public static <T extends KubernetesObject> List<FieldError> create(KindDefinition<T> definition, T object) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.create(object.metadata(), definition.kind().namespaced(), definition.rules(), errors);
        definition.rules().validate(object, errors);
        return errors.all();
    }

    /// Faults of an update of the object itself.
    public static <T extends KubernetesObject> List<FieldError> update(KindDefinition<T> definition, T object, T old) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.update(object.metadata(), old.metadata(), errors);
        definition.rules().validate(object, errors);
        definition.rules().validateUpdate(object, old, errors);
        return errors.all();
    }

    /// Faults of an update of the `status` subresource.
    public static <T extends KubernetesObject> List<FieldError> statusUpdate(
            KindDefinition<T> definition, T object, T old) {
        FieldErrors errors = new FieldErrors();
        MetadataValidation.update(object.metadata(), old.metadata(), errors);
        definition.rules().validateStatusUpdate(object, old, errors);
        return errors.all();
    }
}
