package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Annotations of pods that are fields by now (upstream `pkg/api/pod/warnings.go`).
final class AnnotationWarnings {
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String LOCALHOST = "localhost/";
    private static final Map<String, String> DEPRECATED = new TreeMap<>(Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            SECCOMP_POD,
            "non-functional in v1.27+; use the \"seccompProfile\" field instead"));

    private final Map<String, String> annotations;
    private final String path;
    private final List<String> warnings;

    /// @param path of the annotations
    AnnotationWarnings(Map<String, String> annotations, String path, List<String> warnings) {
        this.annotations = annotations;
        this.path = path;
        this.warnings = warnings;
    }

    void pod(PodSpec spec) {
        boolean profiled =
                spec.securityContext() != null && spec.securityContext().seccompProfile() != null;
        DEPRECATED.forEach((key, why) -> {
            if (annotations.containsKey(key) && !(profiled && key.equals(SECCOMP_POD))) {
                warn(key, why);
            }
        });
    }

    /// @param template whether it is a template's container: those of pods are told of AppArmor by its own rule
    void container(@Nullable String name, @Nullable SecurityContext context, PodSpec spec, boolean template) {
        String seccomp = SECCOMP_CONTAINER + text(name);
        if (annotations.containsKey(seccomp) && (context == null || context.seccompProfile() == null)) {
            warn(seccomp, "non-functional in v1.27+; use the \"seccompProfile\" field instead");
        }
        String appArmor = annotations.get(APP_ARMOR + text(name));
        if (template && appArmor != null && (context == null || context.appArmorProfile() == null)) {
            AppArmorProfile ofPod = spec.securityContext() == null
                    ? null
                    : spec.securityContext().appArmorProfile();
            if (ofPod == null || !Objects.equals(ofPod, profile(appArmor))) {
                warn(APP_ARMOR + text(name), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
            }
        }
    }

    private static @Nullable AppArmorProfile profile(String annotation) {
        if (annotation.startsWith(LOCALHOST)) {
            return new AppArmorProfile("Localhost", annotation.substring(LOCALHOST.length()));
        }
        return switch (annotation) {
            case "unconfined" -> new AppArmorProfile("Unconfined", null);
            case "runtime/default" -> new AppArmorProfile("RuntimeDefault", null);
            default -> null;
        };
    }

    private void warn(String key, String why) {
        warnings.add(path + "[" + key + "]: " + why);
    }
}
