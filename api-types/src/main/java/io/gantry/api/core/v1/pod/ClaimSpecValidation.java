package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        References.optional(
                spec.volumeAttributesClassName(), Names::subdomain, path + ".volumeAttributesClassName", errors);
        dataSource(spec, path, errors);
    }

    private static void dataSource(PersistentVolumeClaimSpec spec, String path, FieldErrors errors) {
        TypedLocalObjectReference source = spec.dataSource();
        if (source != null) {
            referent(source.apiGroup(), source.kind(), source.name(), path + ".dataSource", errors);
        }
        TypedObjectReference reference = spec.dataSourceRef();
        if (reference == null) {
            return;
        }
        referent(reference.apiGroup(), reference.kind(), reference.name(), path + ".dataSourceRef", errors);
        References.optional(reference.namespace(), Names::label, path + ".dataSourceRef.namespace", errors);
        if (source == null) {
            return;
        }
        if (!text(reference.namespace()).isEmpty()) {
            errors.invalid(
                    path, path + ".dataSource", "may not be specified when dataSourceRef.namespace is specified");
        } else if (!Objects.equals(source.apiGroup(), reference.apiGroup())
                || !text(source.kind()).equals(text(reference.kind()))
                || !text(source.name()).equals(text(reference.name()))) {
            errors.invalid(path, path + ".dataSource", "must match dataSourceRef");
        }
    }

    private static void referent(
            @Nullable String group, @Nullable String kind, @Nullable String name, String at, FieldErrors errors) {
        References.required(name, at + ".name", errors);
        References.required(kind, at + ".kind", errors);
        if (text(group).isEmpty() && !text(kind).equals("PersistentVolumeClaim")) {
            errors.invalid(at, text(kind), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        References.optional(group, Names::subdomain, at + ".apiGroup", errors);
    }
}
