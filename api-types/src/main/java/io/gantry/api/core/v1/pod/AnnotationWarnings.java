package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Annotations of pods that are fields by now (upstream `pkg/api/pod/warnings.go`).
final class AnnotationWarnings {
    static final String APP_ARMOR_WARNING = "deprecated since v1.30; use the \"appArmorProfile\" field instead";
    private static final Map<String, String> DEPRECATED = new TreeMap<>(Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
            "non-functional in v1.11+; use the \"sysctls\" field instead",
            ProfileAnnotations.SECCOMP_POD,
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
            if (annotations.containsKey(key) && !(profiled && key.equals(ProfileAnnotations.SECCOMP_POD))) {
                warn(key, why);
            }
        });
    }

    /// @param template whether it is a template's container: [AppArmorFields] tells of those of pods
    void container(@Nullable String name, @Nullable SecurityContext context, PodSpec spec, boolean template) {
        String seccomp = ProfileAnnotations.SECCOMP_CONTAINER + text(name);
        if (annotations.containsKey(seccomp) && (context == null || context.seccompProfile() == null)) {
            warn(seccomp, "non-functional in v1.27+; use the \"seccompProfile\" field instead");
        }
        String appArmor = ProfileAnnotations.APP_ARMOR + text(name);
        AppArmorProfile own = context == null ? null : context.appArmorProfile();
        if (template && annotations.containsKey(appArmor) && own == null) {
            AppArmorProfile ofPod = spec.securityContext() == null
                    ? null
                    : spec.securityContext().appArmorProfile();
            if (ofPod == null || !Optional.of(ofPod).equals(profile(appArmor))) {
                warn(appArmor, APP_ARMOR_WARNING);
            }
        }
    }

    private Optional<AppArmorProfile> profile(String key) {
        return ProfileAnnotations.appArmor(text(annotations.get(key)));
    }

    private void warn(String key, String why) {
        warnings.add(path + "[" + key + "]: " + why);
    }
}
