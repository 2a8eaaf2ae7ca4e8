package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.List;

/// Rules of CSIDrivers (upstream `ValidateCSIDriver`).
public final class CSIDriverRules implements KindRules<CSIDriver> {
    private static final int MAX_NAME = 63;
    private static final List<String> GROUP_POLICIES = List.of("File", "None", "ReadWriteOnceWithFSType");

    @Override
    public void validate(CSIDriver object, FieldErrors errors) {
        if (object.metadata().name() != null && object.metadata().name().length() > MAX_NAME) {
            errors.tooLong("metadata.name", MAX_NAME);
        }
        if (object.spec().fsGroupPolicy() != null) {
            References.oneOf(object.spec().fsGroupPolicy(), GROUP_POLICIES, "spec.fsGroupPolicy", errors);
        }
        for (int i = 0; i < object.spec().volumeLifecycleModes().size(); i++) {
            References.oneOf(
                    object.spec().volumeLifecycleModes().get(i),
                    List.of("Ephemeral", "Persistent"),
                    "spec.volumeLifecycleModes[" + i + "]",
                    errors);
        }
    }

    @Override
    public void validateUpdate(CSIDriver object, CSIDriver old, FieldErrors errors) {
        Immutable.check(object.spec().attachRequired(), old.spec().attachRequired(), "spec.attachedRequired", errors);
        Immutable.check(
                object.spec().volumeLifecycleModes(),
                old.spec().volumeLifecycleModes(),
                "spec.volumeLifecycleModes",
                errors);
    }
}
