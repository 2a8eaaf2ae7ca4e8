package io.gantry.kubelet.volume;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodSecurityContext;
import io.gantry.kubelet.pod.PodContainer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may read a pod's token (upstream `pkg/volume/projected`): the user that all containers run as owns it, and the
/// group of an `fsGroup` may read it too. Pure.
final class TokenFile {
    private static final int OWNER_ONLY = 0600;

    private TokenFile() {}

    /// @param defaultMode the volume's, for pods that name neither user nor group
    static VolumeFile of(String token, Pod pod, @Nullable Integer defaultMode) {
        byte[] content = token.getBytes(StandardCharsets.UTF_8);
        Optional<Long> user = commonUser(pod);
        if (user.isPresent()) {
            return new VolumeFile(content, OWNER_ONLY, user.get());
        }
        PodSecurityContext context = pod.spec().securityContext();
        boolean group = context != null && context.fsGroup() != null;
        int mode = group ? OWNER_ONLY : Objects.requireNonNullElse(defaultMode, Payloads.DEFAULT_MODE);
        return new VolumeFile(content, mode);
    }

    private static Optional<Long> commonUser(Pod pod) {
        PodSecurityContext context = pod.spec().securityContext();
        Long shared = context == null ? null : context.runAsUser();
        List<Optional<Long>> users = PodContainer.all(pod).stream()
                .map(container -> container.spec().securityContext())
                .map(own -> Optional.ofNullable(own == null || own.runAsUser() == null ? shared : own.runAsUser()))
                .distinct()
                .toList();
        return users.size() == 1 ? users.getFirst() : Optional.empty();
    }
}
