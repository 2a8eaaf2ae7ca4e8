package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.AppArmorProfile;
import io.gantry.api.core.v1.pod.Capabilities;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.api.core.v1.pod.PodSecurityContextBuilder;
import io.gantry.api.core.v1.pod.SeccompProfile;
import io.gantry.api.core.v1.pod.SecurityContext;
import io.gantry.api.core.v1.pod.SecurityContextBuilder;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.SecuritySpec;
import io.gantry.kubelet.runtime.SecuritySpec.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Security contexts (upstream `pkg/kubelet/kuberuntime/security_context.go`). Pure.
public final class Security {
    private static final List<String> MASKED = List.of(
            "/proc/asound",
            "/proc/acpi",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/sys/firmware",
            "/sys/devices/virtual/powercap");
    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private final String seccompRoot;

    /// @param seccompRoot folder of localhost profiles
    public Security(String seccompRoot) {
        this.seccompRoot = seccompRoot;
    }

    /// The sandbox's part.
    public SecuritySpec sandbox(Pod pod) {
        PodSecurityContext context = podContext(pod);
        boolean privileged = PodContainer.all(pod).stream()
                .map(c -> c.spec().securityContext())
                .anyMatch(c -> c != null && Boolean.TRUE.equals(c.privileged()));
        return new SecuritySpec(
                namespaces(pod, ""),
                optional(context.runAsUser()),
                optional(context.runAsGroup()),
                "",
                groups(context),
                isStrict(context),
                privileged,
                false,
                false,
                List.of(),
                List.of(),
                seccomp(context.seccompProfile(), null),
                Profile.UNSET,
                List.of(),
                List.of());
    }

    /// One container's part.
    ///
    /// @param targetId the id of an ephemeral container's target; empty for none
    public SecuritySpec container(Pod pod, PodContainer container, RuntimeImage image, String targetId) {
        SecurityContext own = own(container);
        PodSecurityContext shared = podContext(pod);
        OptionalLong user = optional(own.runAsUser() != null ? own.runAsUser() : shared.runAsUser());
        OptionalLong group = optional(own.runAsGroup() != null ? own.runAsGroup() : shared.runAsGroup());
        String userName = "";
        if (user.isEmpty()) {
            user = image.user();
            userName = user.isEmpty() ? image.userName() : "";
        }
        boolean unmasked = "Unmasked".equals(own.procMount());
        Capabilities capabilities = own.capabilities();
        return new SecuritySpec(
                namespaces(pod, targetId),
                user,
                group,
                userName,
                groups(shared),
                isStrict(shared),
                Boolean.TRUE.equals(own.privileged()),
                Boolean.TRUE.equals(own.readOnlyRootFilesystem()),
                Boolean.FALSE.equals(own.allowPrivilegeEscalation()),
                capabilities == null ? List.of() : capabilities.add(),
                capabilities == null ? List.of() : capabilities.drop(),
                seccomp(own.seccompProfile(), shared.seccompProfile()),
                appArmor(own.appArmorProfile(), shared.appArmorProfile()),
                unmasked ? List.of() : MASKED,
                unmasked ? List.of() : READ_ONLY);
    }

    /// Refuses what `runAsNonRoot` refuses.
    public void requireNonRoot(Pod pod, PodContainer container, RuntimeImage image) throws SpecFailure {
        SecurityContext own = own(container);
        PodSecurityContext shared = podContext(pod);
        Boolean nonRoot = own.runAsNonRoot() != null ? own.runAsNonRoot() : shared.runAsNonRoot();
        if (!Boolean.TRUE.equals(nonRoot)) {
            return;
        }
        String where = " (pod: \"" + PodIdentity.of(pod) + "\", container: " + container.name() + ")";
        Long user = own.runAsUser() != null ? own.runAsUser() : shared.runAsUser();
        if (user != null) {
            if (user == 0) {
                throw new SpecFailure("container's runAsUser breaks non-root policy" + where);
            }
            return;
        }
        if (!image.userName().isEmpty()) {
            throw new SpecFailure("container has runAsNonRoot and image has non-numeric user (" + image.userName()
                    + "), cannot verify user is non-root" + where);
        }
        if (image.user().orElse(0) == 0) {
            throw new SpecFailure("container has runAsNonRoot and image will run as root" + where);
        }
    }

    static SecurityContext own(PodContainer container) {
        SecurityContext context = container.spec().securityContext();
        return context == null ? SecurityContextBuilder.builder().build() : context;
    }

    static PodSecurityContext podContext(Pod pod) {
        PodSecurityContext context = pod.spec().securityContext();
        return context == null ? PodSecurityContextBuilder.builder().build() : context;
    }

    private static SecuritySpec.Namespaces namespaces(Pod pod, String targetId) {
        return new SecuritySpec.Namespaces(
                Boolean.TRUE.equals(pod.spec().hostNetwork()),
                Boolean.TRUE.equals(pod.spec().hostPID()),
                Boolean.TRUE.equals(pod.spec().hostIPC()),
                Boolean.TRUE.equals(pod.spec().shareProcessNamespace()),
                targetId);
    }

    /// Whether the groups that the image gives the user are to be kept from it.
    public static boolean isStrict(PodSecurityContext context) {
        return "Strict".equals(context.supplementalGroupsPolicy());
    }

    private static List<Long> groups(PodSecurityContext context) {
        List<Long> groups = new ArrayList<>(context.supplementalGroups());
        if (context.fsGroup() != null && !groups.contains(context.fsGroup())) {
            groups.add(context.fsGroup());
        }
        return groups;
    }

    private Profile seccomp(@Nullable SeccompProfile own, @Nullable SeccompProfile shared) {
        SeccompProfile profile = Optional.ofNullable(own).orElse(shared);
        if (profile == null) {
            return Profile.UNCONFINED;
        }
        return switch (profile.type()) {
            case "RuntimeDefault" -> Profile.RUNTIME_DEFAULT;
            case "Localhost" -> new Profile(Profile.Type.LOCALHOST, seccompRoot + "/" + profile.localhostProfile());
            default -> Profile.UNCONFINED;
        };
    }

    private static Profile appArmor(@Nullable AppArmorProfile own, @Nullable AppArmorProfile shared) {
        AppArmorProfile profile = Optional.ofNullable(own).orElse(shared);
        if (profile == null) {
            return Profile.UNSET;
        }
        String local = profile.localhostProfile();
        return switch (profile.type()) {
            case "Unconfined" -> Profile.UNCONFINED;
            case "Localhost" -> new Profile(Profile.Type.LOCALHOST, local == null ? "" : local);
            default -> Profile.RUNTIME_DEFAULT;
        };
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
