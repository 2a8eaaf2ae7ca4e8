package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Annotations that mean something for pods and their templates (upstream `ValidatePodSpecificAnnotations`).
public final class PodAnnotationValidation {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[0-9]{1,10}");

    private PodAnnotationValidation() {}

    /// Faults of annotations by themselves.
    ///
    /// @param path of the annotations
    public static void check(Map<String, String> annotations, PodSpec spec, String path, FieldErrors errors) {
        String mirror = annotations.get(MIRROR);
        if (mirror != null && text(spec.nodeName()).isEmpty()) {
            errors.invalid(key(path, MIRROR), mirror, "must set spec.nodeName if mirror pod annotation is set");
        }
        String cost = annotations.get(DELETION_COST);
        if (cost != null && !isCost(cost)) {
            errors.invalid(key(path, DELETION_COST), cost, "must be a 32bit integer");
        }
        new TreeMap<>(annotations).forEach((name, value) -> {
            if (name.equals(ProfileAnnotations.SECCOMP_POD) || name.startsWith(ProfileAnnotations.SECCOMP_CONTAINER)) {
                seccomp(value, path + "." + name, errors);
            }
            if (name.startsWith(ProfileAnnotations.APP_ARMOR)) {
                appArmor(name, value, spec, path, errors);
            }
        });
    }

    /// Faults of annotations that say otherwise than fields.
    ///
    /// @param path of the spec
    public static void agree(Map<String, String> annotations, PodSpec spec, String path, FieldErrors errors) {
        if (annotations.keySet().stream().noneMatch(ProfileAnnotations::isOne)) {
            return;
        }
        PodSecurityContext pod = spec.securityContext();
        if (pod != null) {
            seccompAgrees(
                    annotations.get(ProfileAnnotations.SECCOMP_POD),
                    pod.seccompProfile(),
                    path + ".securityContext",
                    errors);
        }
        AppArmorProfile ofPod = pod == null ? null : pod.appArmorProfile();
        boolean windows = spec.os() != null && "windows".equals(spec.os().name());
        for (PlacedContainer placed : PlacedContainer.all(spec, path)) {
            String name = text(placed.container().name());
            SecurityContext context = placed.container().securityContext();
            String at = placed.path() + ".securityContext";
            if (context != null) {
                seccompAgrees(
                        annotations.get(ProfileAnnotations.SECCOMP_CONTAINER + name),
                        context.seccompProfile(),
                        at,
                        errors);
            }
            if (!windows) {
                AppArmorProfile own = context == null ? null : context.appArmorProfile();
                appArmorAgrees(
                        annotations.get(ProfileAnnotations.APP_ARMOR + name), own == null ? ofPod : own, at, errors);
            }
        }
    }

    /// Faults of a change of a pod's annotations (upstream `ValidatePodSpecificAnnotationUpdates`).
    static void unchanged(Map<String, String> annotations, Map<String, String> old, FieldErrors errors) {
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(annotations.keySet());
        for (String name : names) {
            boolean appArmor = name.startsWith(ProfileAnnotations.APP_ARMOR);
            if ((appArmor || name.equals(MIRROR))
                    && !text(annotations.get(name)).equals(text(old.get(name)))) {
                errors.forbidden(
                        key("metadata.annotations", name),
                        (old.containsKey(name) ? "may not remove or update " : "may not add ")
                                + (appArmor ? "AppArmor annotations" : "mirror pod annotation"));
            }
        }
    }

    /// Signs and leading zeros are not allowed, save the minus.
    private static boolean isCost(String cost) {
        if (!WHOLE_NUMBER.matcher(cost).matches() || cost.length() > 1 && cost.startsWith("0")) {
            return false;
        }
        long number = Long.parseLong(cost);
        return number == (int) number;
    }

    private static void seccomp(String value, String path, FieldErrors errors) {
        if (value.startsWith(ProfileAnnotations.LOCALHOST)) {
            References.descendingPath(value.substring(ProfileAnnotations.LOCALHOST.length()), path, errors);
        } else if (!value.equals(ProfileAnnotations.UNCONFINED)
                && !ProfileAnnotations.SECCOMP_DEFAULTS.contains(value)) {
            errors.invalid(path, value, "must be a valid seccomp profile");
        }
    }

    private static void appArmor(String name, String value, PodSpec spec, String path, FieldErrors errors) {
        String container = name.substring(ProfileAnnotations.APP_ARMOR.length());
        if (PlacedContainer.all(spec, "").stream()
                .noneMatch(placed -> text(placed.container().name()).equals(container))) {
            errors.invalid(key(path, name), container, "container not found");
        }
        if (!value.isEmpty()
                && !value.startsWith(ProfileAnnotations.LOCALHOST)
                && ProfileAnnotations.appArmor(value).isEmpty()) {
            errors.invalid(key(path, name), value, "invalid AppArmor profile name: \"" + value + "\"");
        }
    }

    private static void seccompAgrees(
            @Nullable String annotation, @Nullable SeccompProfile profile, String path, FieldErrors errors) {
        if (annotation != null && profile != null) {
            ProfileAnnotations.mismatch(
                            annotation,
                            text(profile.type()),
                            profile.localhostProfile(),
                            ProfileAnnotations.SECCOMP_DEFAULTS)
                    .ifPresent(part -> differ("seccomp", path + ".seccompProfile.", part, errors));
        }
    }

    private static void appArmorAgrees(
            @Nullable String annotation, @Nullable AppArmorProfile profile, String path, FieldErrors errors) {
        if (annotation != null && profile != null) {
            ProfileAnnotations.mismatch(
                            annotation,
                            text(profile.type()),
                            profile.localhostProfile(),
                            ProfileAnnotations.APP_ARMOR_DEFAULTS)
                    .ifPresent(part -> differ("apparmor", path + ".appArmorProfile.", part, errors));
        }
    }

    private static void differ(String what, String path, String part, FieldErrors errors) {
        String word = part.equals("type") ? " type" : " profile";
        errors.forbidden(path + part, what + word + " in annotation and field must match");
    }

    private static String key(String path, String name) {
        return path + "[" + name + "]";
    }
}
