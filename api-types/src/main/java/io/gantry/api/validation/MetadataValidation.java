package io.gantry.api.validation;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.OwnerReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object's metadata (upstream `apimachinery/pkg/api/validation/objectmeta.go`).
public final class MetadataValidation {
    private static final String ORPHAN = "orphan";
    private static final String FOREGROUND = "foregroundDeletion";

    private MetadataValidation() {}

    /// Metadata of a new object whose name is generated already.
    public static void create(ObjectMeta metadata, boolean namespaced, KindRules<?> rules, FieldErrors errors) {
        String generateName = text(metadata.generateName());
        if (!generateName.isEmpty()) {
            rules.nameFaults(generateName, true).forEach(m -> errors.invalid("metadata.generateName", generateName, m));
        }
        String name = text(metadata.name());
        if (name.isEmpty()) {
            errors.required("metadata.name", "name or generateName is required");
        } else {
            rules.nameFaults(name, false).forEach(m -> errors.invalid("metadata.name", name, m));
        }
        namespace(text(metadata.namespace()), namespaced, errors);
        common(metadata, errors);
        finalizers(metadata.finalizers(), "metadata.finalizers", errors);
    }

    /// Metadata of an update: what identifies an object never changes.
    public static void update(ObjectMeta metadata, ObjectMeta old, FieldErrors errors) {
        finalizers(metadata.finalizers(), "metadata.finalizers", errors);
        if (old.deletionTimestamp() != null) {
            noNewFinalizers(metadata.finalizers(), old.finalizers(), errors);
        }
        Immutable.check(text(metadata.name()), text(old.name()), "metadata.name", errors);
        Immutable.check(text(metadata.namespace()), text(old.namespace()), "metadata.namespace", errors);
        Immutable.check(text(metadata.uid()), text(old.uid()), "metadata.uid", errors);
        Immutable.check(metadata.creationTimestamp(), old.creationTimestamp(), "metadata.creationTimestamp", errors);
        Immutable.check(metadata.deletionTimestamp(), old.deletionTimestamp(), "metadata.deletionTimestamp", errors);
        Immutable.check(
                metadata.deletionGracePeriodSeconds(),
                old.deletionGracePeriodSeconds(),
                "metadata.deletionGracePeriodSeconds",
                errors);
        common(metadata, errors);
    }

    private static void namespace(String namespace, boolean namespaced, FieldErrors errors) {
        if (!namespaced) {
            if (!namespace.isEmpty()) {
                errors.forbidden("metadata.namespace", "not allowed on this type");
            }
        } else if (namespace.isEmpty()) {
            errors.required("metadata.namespace", "");
        } else {
            Names.dnsLabel(namespace).forEach(m -> errors.invalid("metadata.namespace", namespace, m));
        }
    }

    private static void common(ObjectMeta metadata, FieldErrors errors) {
        Numbers.nonNegative(metadata.generation(), "metadata.generation", errors);
        LabelValidation.labels(metadata.labels(), "metadata.labels", errors);
        LabelValidation.annotations(metadata.annotations(), "metadata.annotations", errors);
        owners(metadata.ownerReferences(), errors);
    }

    private static void owners(List<OwnerReference> owners, FieldErrors errors) {
        String path = "metadata.ownerReferences";
        String controller = "";
        for (int i = 0; i < owners.size(); i++) {
            OwnerReference owner = owners.get(i);
            owner(owner, path + "[" + i + "]", errors);
            if (Boolean.TRUE.equals(owner.controller())) {
                String current = owner.kind() + "/" + owner.name();
                if (!controller.isEmpty()) {
                    errors.invalid(
                            path,
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller + " and " + current);
                } else {
                    controller = current;
                }
            }
        }
    }

    private static void owner(OwnerReference owner, String path, FieldErrors errors) {
        String apiVersion = text(owner.apiVersion());
        if (apiVersion.isEmpty()) {
            errors.required(path + ".apiVersion", "must not be empty");
        } else if (apiVersion.chars().filter(c -> c == '/').count() > 1 || apiVersion.endsWith("/")) {
            errors.invalid(path + ".apiVersion", apiVersion, "must be <group>/<version> or <version>");
        }
        notEmpty(owner.kind(), path + ".kind", errors);
        notEmpty(owner.name(), path + ".name", errors);
        notEmpty(owner.uid(), path + ".uid", errors);
        if (apiVersion.equals("v1") && Objects.equals(owner.kind(), "Event")) {
            errors.invalid(path, owner, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void notEmpty(@Nullable String value, String path, FieldErrors errors) {
        if (text(value).isEmpty()) {
            errors.required(path, "must not be empty");
        }
    }

    private static void finalizers(List<String> finalizers, String path, FieldErrors errors) {
        for (String finalizer : finalizers) {
            Names.qualifiedName(finalizer).forEach(m -> errors.invalid(path, finalizer, m));
        }
        if (finalizers.contains(ORPHAN) && finalizers.contains(FOREGROUND)) {
            errors.invalid(path, finalizers, "finalizer " + ORPHAN + " and " + FOREGROUND + " cannot be both set");
        }
    }

    private static void noNewFinalizers(List<String> finalizers, List<String> old, FieldErrors errors) {
        Set<String> known = new HashSet<>(old);
        List<String> extra = new ArrayList<>(finalizers);
        extra.removeIf(known::contains);
        if (!extra.isEmpty()) {
            String list = String.join(
                    ", ", extra.stream().sorted().map(s -> "\"" + s + "\"").toList());
            errors.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                            + list + "}");
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
