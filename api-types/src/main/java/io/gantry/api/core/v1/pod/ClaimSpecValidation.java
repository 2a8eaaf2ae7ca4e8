package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;

/// A claim for storage, by itself or in a template (upstream `ValidatePersistentVolumeClaimSpec`).
public final class ClaimSpecValidation {
    private ClaimSpecValidation() {}

    /// Faults of a claim's spec.
    public static void check(PersistentVolumeClaimSpec spec, String path, FieldErrors errors) {
        if (spec.accessModes().isEmpty()) {
            errors.required(path + ".accessModes", "at least 1 access mode is required");
        }
        if (spec.accessModes().contains("ReadWriteOncePod")
                && spec.accessModes().size() > 1) {
            errors.forbidden(path + ".accessModes", "may not use ReadWriteOncePod with other access modes");
        }
        LabelValidation.selector(spec.selector(), path + ".selector", errors);
        Quantity storage =
                spec.resources() == null ? null : spec.resources().requests().get("storage");
        if (storage == null) {
            errors.required(path + ".resources[storage]", "");
        } else if (storage.amount().signum() <= 0) {
            errors.invalid(path + ".resources[storage]", storage.canonical(), "must be greater than zero");
        }
        References.optional(spec.storageClassName(), Names::subdomain, path + ".storageClassName", errors);
        dataSource(spec, path, errors);
    }

    private static void dataSource(PersistentVolumeClaimSpec spec, String path, FieldErrors errors) {
        if (spec.dataSource() != null) {
            String at = path + ".dataSource";
            References.required(spec.dataSource().name(), at + ".name", errors);
            References.required(spec.dataSource().kind(), at + ".kind", errors);
            if (text(spec.dataSource().apiGroup()).isEmpty()
                    && !text(spec.dataSource().kind()).equals("PersistentVolumeClaim")) {
                errors.invalid(
                        at,
                        text(spec.dataSource().kind()),
                        "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
            }
        }
    }
}
