package io.gantry.api.core.v1.pod;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Security contexts of pods and containers (upstream `ValidatePodSecurityContext`, `ValidateSecurityContext`).
final class SecurityValidation {
    private static final String UNMASKED = "Unmasked";
    private static final List<String> SELINUX_POLICIES = List.of("Recursive");
    private static final int SYSCTL_MAX = 253;
    private static final int APP_ARMOR_MAX = 4095;
    private static final String SYSCTL = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern SYSCTL_FORM = Pattern.compile(SYSCTL);

    private SecurityValidation() {}

    static void pod(@Nullable PodSecurityContext context, String path, FieldErrors errors) {
        if (context == null) {
            return;
        }
        id(context.fsGroup(), path + ".fsGroup", errors);
        id(context.runAsUser(), path + ".runAsUser", errors);
        id(context.runAsGroup(), path + ".runAsGroup", errors);
        for (int i = 0; i < context.supplementalGroups().size(); i++) {
            id(context.supplementalGroups().get(i), path + ".supplementalGroups[" + i + "]", errors);
        }
        sysctls(context, path + ".sysctls", errors);
        seccomp(context.seccompProfile(), path + ".seccompProfile", errors);
        appArmor(context.appArmorProfile(), path + ".appArmorProfile", errors);
        WindowsValidation.options(context.windowsOptions(), path + ".windowsOptions", errors);
        if (context.seLinuxChangePolicy() != null) {
            References.oneOf(context.seLinuxChangePolicy(), SELINUX_POLICIES, path + ".seLinuxChangePolicy", errors);
        }
    }

    static void container(@Nullable SecurityContext context, String path, FieldErrors errors) {
        if (context == null) {
            return;
        }
        id(context.runAsUser(), path + ".runAsUser", errors);
        id(context.runAsGroup(), path + ".runAsGroup", errors);
        seccomp(context.seccompProfile(), path + ".seccompProfile", errors);
        appArmor(context.appArmorProfile(), path + ".appArmorProfile", errors);
        WindowsValidation.options(context.windowsOptions(), path + ".windowsOptions", errors);
        if (Boolean.FALSE.equals(context.allowPrivilegeEscalation())) {
            if (Boolean.TRUE.equals(context.privileged())) {
                errors.invalid(
                        path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if (context.capabilities() != null && context.capabilities().add().contains("CAP_SYS_ADMIN")) {
                errors.invalid(
                        path,
                        context,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
    }

    /// What a container may see of the host's processes, only a pod with users of its own may.
    static void procMounts(PodSpec spec, String path, FieldErrors errors) {
        if (Boolean.FALSE.equals(spec.hostUsers())) {
            return;
        }
        procMounts(spec.containers(), Container::securityContext, path + ".containers", errors);
        procMounts(spec.initContainers(), Container::securityContext, path + ".initContainers", errors);
        procMounts(
                spec.ephemeralContainers(), EphemeralContainer::securityContext, path + ".ephemeralContainers", errors);
    }

    private static <T> void procMounts(
            List<T> containers, Function<T, @Nullable SecurityContext> of, String path, FieldErrors errors) {
        for (int i = 0; i < containers.size(); i++) {
            SecurityContext context = of.apply(containers.get(i));
            if (context != null && UNMASKED.equals(context.procMount())) {
                errors.invalid(
                        path + "[" + i + "].securityContext.procMount",
                        UNMASKED,
                        "`hostUsers` must be false to use `Unmasked`");
            }
        }
    }

    private static void id(@Nullable Long id, String path, FieldErrors errors) {
        if (id != null && (id < 0 || id > Integer.MAX_VALUE)) {
            errors.invalid(path, id, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static void sysctls(PodSecurityContext context, String path, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < context.sysctls().size(); i++) {
            String name = text(context.sysctls().get(i).name());
            String at = path + "[" + i + "].name";
            if (name.isEmpty()) {
                errors.required(at, "");
            } else if (name.length() > SYSCTL_MAX || !SYSCTL_FORM.matcher(name).matches()) {
                errors.invalid(
                        at, name, "must have at most " + SYSCTL_MAX + " characters and match regex ^" + SYSCTL + "$");
            } else if (!names.add(name)) {
                errors.duplicate(at, name);
            }
        }
    }

    private static void appArmor(@Nullable AppArmorProfile profile, String path, FieldErrors errors) {
        if (profile == null) {
            return;
        }
        String at = path + ".localhostProfile";
        String file = profile.localhostProfile();
        if (!"Localhost".equals(profile.type())) {
            if (file != null) {
                errors.invalid(at, file, "can only be set when AppArmor type is Localhost");
            }
        } else if (text(file).isBlank()) {
            errors.required(at, "must be set when AppArmor type is Localhost");
        } else if (!text(file).strip().equals(file)) {
            errors.invalid(at, file, "must not be padded with whitespace");
        } else if (text(file).length() > APP_ARMOR_MAX) {
            errors.tooLong(at, APP_ARMOR_MAX);
        }
    }

    private static void seccomp(@Nullable SeccompProfile profile, String path, FieldErrors errors) {
        if (profile == null) {
            return;
        }
        boolean local = "Localhost".equals(profile.type());
        if (local && text(profile.localhostProfile()).isEmpty()) {
            errors.required(path + ".localhostProfile", "must be set when seccomp type is Localhost ");
        }
        if (!local && profile.localhostProfile() != null) {
            errors.invalid(
                    path + ".localhostProfile",
                    profile.localhostProfile(),
                    "can only be set when seccomp type is Localhost");
        }
    }
}
