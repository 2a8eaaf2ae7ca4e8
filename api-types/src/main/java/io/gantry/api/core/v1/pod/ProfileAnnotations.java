package io.gantry.api.core.v1.pod;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The annotations that named profiles of AppArmor and seccomp before there were fields for them.
final class ProfileAnnotations {
    /// Of a container's AppArmor profile; the container's name follows.
    static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    /// Of a container's seccomp profile; the container's name follows.
    static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    static final String LOCALHOST = "localhost/";
    static final String UNCONFINED = "unconfined";
    static final List<String> APP_ARMOR_DEFAULTS = List.of("runtime/default");
    static final List<String> SECCOMP_DEFAULTS = List.of("runtime/default", "docker/default");

    private ProfileAnnotations() {}

    /// Whether an annotation of this name may name a profile.
    static boolean isOne(String name) {
        return name.equals(SECCOMP_POD) || name.startsWith(SECCOMP_CONTAINER) || name.startsWith(APP_ARMOR);
    }

    /// The field that an AppArmor annotation stands for (upstream `ApparmorFieldForAnnotation`).
    static Optional<AppArmorProfile> appArmor(String annotation) {
        if (annotation.startsWith(LOCALHOST)) {
            String file = annotation.substring(LOCALHOST.length());
            return file.isEmpty() ? Optional.empty() : Optional.of(new AppArmorProfile("Localhost", file));
        }
        return switch (annotation) {
            case UNCONFINED -> Optional.of(new AppArmorProfile("Unconfined", null));
            case "runtime/default" -> Optional.of(new AppArmorProfile("RuntimeDefault", null));
            default -> Optional.empty();
        };
    }

    /// The part of a field that says otherwise than the annotation beside it.
    ///
    /// @param type of the field
    /// @param file the field's `localhostProfile`
    /// @param defaults words of the annotation for the runtime's own profile
    /// @return `type`, `localhostProfile`, or empty when they agree
    static Optional<String> mismatch(String annotation, String type, @Nullable String file, List<String> defaults) {
        boolean same = switch (type) {
            case "Unconfined" -> annotation.equals(UNCONFINED);
            case "RuntimeDefault" -> defaults.contains(annotation);
            case "Localhost" -> annotation.startsWith(LOCALHOST);
            default -> true;
        };
        if (!same) {
            return Optional.of("type");
        }
        boolean sameFile = !type.equals("Localhost")
                || annotation.substring(LOCALHOST.length()).equals(file);
        return sameFile ? Optional.empty() : Optional.of("localhostProfile");
    }
}
