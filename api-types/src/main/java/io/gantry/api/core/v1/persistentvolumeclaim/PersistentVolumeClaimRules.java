package io.gantry.api.core.v1.persistentvolumeclaim;

import static io.gantry.api.validation.References.text;

import io.gantry.api.core.v1.pod.ClaimSpecValidation;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimSpec;
import io.gantry.api.core.v1.pod.PersistentVolumeClaimSpecBuilder;
import io.gantry.api.core.v1.pod.PodSpecWarnings;
import io.gantry.api.core.v1.pod.VolumeResourceRequirements;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.resource.Quantity;
import io.gantry.api.validation.Trees;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of PersistentVolumeClaims (upstream `ValidatePersistentVolumeClaim`).
public final class PersistentVolumeClaimRules implements KindRules<PersistentVolumeClaim> {
    private static final String FIXED =
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

    @Override
    public void prepareForCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
        Trees.object(object, "spec").ifPresent(spec -> DataSources.prepare(spec, MissingNode.getInstance()));
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        Trees.object(object, "spec").ifPresent(spec -> DataSources.prepare(spec, old.path("spec")));
    }

    @Override
    public List<String> warnings(PersistentVolumeClaim object) {
        List<String> warnings = new ArrayList<>();
        if (object.metadata().annotations().containsKey(StorageClassNames.BETA)) {
            warnings.add("metadata.annotations[" + StorageClassNames.BETA
                    + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
        warnings.addAll(PodSpecWarnings.ofClaim(object.spec(), "spec"));
        return warnings;
    }

    @Override
    public void validate(PersistentVolumeClaim object, FieldErrors errors) {
        ClaimSpecValidation.check(object.spec(), "spec", errors);
    }

    /// An old annotation can give way to the field, not change.
    private static void fixedClass(PersistentVolumeClaim object, PersistentVolumeClaim old, FieldErrors errors) {
        String had = text(old.metadata().annotations().get(StorageClassNames.BETA));
        String has = text(object.metadata().annotations().get(StorageClassNames.BETA));
        boolean moved = has.isEmpty()
                && old.spec().storageClassName() == null
                && had.equals(object.spec().storageClassName());
        if (!has.equals(had) && !moved) {
            errors.invalid("metadata.annotations." + StorageClassNames.BETA, has, "field is immutable");
        }
    }

    private static boolean mayName(@Nullable String className, PersistentVolumeClaim old) {
        String annotated = old.metadata().annotations().get(StorageClassNames.BETA);
        return className != null && (annotated == null || annotated.equals(className));
    }

    @Override
    public void validateUpdate(PersistentVolumeClaim object, PersistentVolumeClaim old, FieldErrors errors) {
        PersistentVolumeClaimSpec now = object.spec();
        PersistentVolumeClaimSpec before = old.spec();
        fixedClass(object, old, errors);
        PersistentVolumeClaimSpecBuilder allowed = PersistentVolumeClaimSpecBuilder.builder(before);
        if (text(before.volumeName()).isEmpty()) {
            allowed.volumeName(now.volumeName());
        }
        // Stored before the one was filled from the other, which are checked to say the same.
        if (before.dataSourceRef() == null && before.dataSource() != null) {
            allowed.dataSourceRef(now.dataSourceRef());
        } else if (before.dataSource() == null && before.dataSourceRef() != null) {
            allowed.dataSource(now.dataSource());
        }
        if (before.storageClassName() == null && mayName(now.storageClassName(), old)) {
            allowed.storageClassName(now.storageClassName());
        }
        if ("Bound".equals(old.status().phase())) {
            allowed.resources(now.resources());
            allowed.volumeAttributesClassName(now.volumeAttributesClassName());
        }
        if (!allowed.build().equals(now)) {
            errors.forbidden("spec", FIXED);
            return;
        }
        Quantity wanted = storage(now.resources());
        Quantity had = storage(before.resources());
        // Who asked for more than there is may ask for less again, down to what the volume has.
        Quantity has = old.status().capacity().getOrDefault("storage", Quantity.ZERO);
        if (wanted != null && had != null && wanted.compareTo(had) < 0 && wanted.compareTo(has) <= 0) {
            errors.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity");
        }
    }

    private static @Nullable Quantity storage(@Nullable VolumeResourceRequirements resources) {
        return resources == null ? null : resources.requests().get("storage");
    }

    @Override
    public boolean checksStatus() {
        return true;
    }

    @Override
    public void validateStatusUpdate(PersistentVolumeClaim object, PersistentVolumeClaim old, FieldErrors errors) {
        ClaimStatusValidation.check(object.status(), errors);
    }
}
