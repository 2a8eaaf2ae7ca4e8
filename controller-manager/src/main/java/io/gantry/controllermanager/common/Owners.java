package io.gantry.controllermanager.common;

import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.meta.v1.OwnerReferenceBuilder;
import java.util.Optional;

/// Owner references.
public final class Owners {
    private Owners() {}

    /// The reference to the owner that controls the object.
    public static Optional<OwnerReference> controllerOf(KubernetesObject object) {
        for (OwnerReference reference : object.metadata().ownerReferences()) {
            if (Fields.flag(reference.controller())) {
                return Optional.of(reference);
            }
        }
        return Optional.empty();
    }

    /// Whether this very owner controls the object.
    public static boolean isControlledBy(KubernetesObject object, KubernetesObject owner) {
        return controllerOf(object)
                .map(reference -> reference.uid().equals(owner.metadata().uid()))
                .orElse(false);
    }

    /// A reference that makes `owner` the controller.
    public static OwnerReference controllerReference(Kind<?> kind, KubernetesObject owner) {
        return OwnerReferenceBuilder.builder()
                .apiVersion(kind.apiVersion())
                .kind(kind.name())
                .name(Fields.text(owner.metadata().name()))
                .uid(Fields.text(owner.metadata().uid()))
                .controller(true)
                .blockOwnerDeletion(true)
                .build();
    }

    public static String uid(KubernetesObject object) {
        return Fields.text(object.metadata().uid());
    }
}
