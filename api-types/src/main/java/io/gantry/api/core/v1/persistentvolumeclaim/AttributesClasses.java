package io.gantry.api.core.v1.persistentvolumeclaim;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The VolumeAttributesClasses of claims (KEP-3751).
public final class AttributesClasses {
    private AttributesClasses() {}

    /// The classes that a claim asks for, has, or is on its way to.
    public static Set<String> of(PersistentVolumeClaim claim) {
        var modifying = claim.status().modifyVolumeStatus();
        return Stream.of(
                        claim.spec().volumeAttributesClassName(),
                        claim.status().currentVolumeAttributesClassName(),
                        modifying == null ? null : modifying.targetVolumeAttributesClassName())
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }
}
