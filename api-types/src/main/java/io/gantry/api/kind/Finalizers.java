package io.gantry.api.kind;

import java.util.Set;

/// Names of finalizers of built-in kinds: those without a domain are Kubernetes' own (upstream
/// `ValidateFinalizerName` of `pkg/apis/core/validation`).
public final class Finalizers {
    private static final Set<String> STANDARD = Set.of("kubernetes", "orphan", "foregroundDeletion");

    /// Groups whose kinds upstream checks with the core group's rules for metadata, and not the library's alone.
    private static final Set<String> GROUPS = Set.of(
            "",
            "apps",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "discovery.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "networking.k8s.io",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io");

    private Finalizers() {}

    /// Whether finalizers of new objects must be Kubernetes' own or have a domain.
    static boolean areKnown(String group, String kind) {
        return GROUPS.contains(group) && !kind.equals("Event");
    }

    /// A name in its form, and Kubernetes' own or with a domain.
    public static void check(String name, String path, FieldErrors errors) {
        Names.qualified(name).forEach(wrong -> errors.invalid(path, name, wrong));
        known(name, path, errors);
    }

    /// Whether it is Kubernetes' own or has a domain.
    static void known(String name, String path, FieldErrors errors) {
        if (!name.contains("/") && !STANDARD.contains(name)) {
            errors.invalid(path, name, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}
