package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.component.DoublingPauses;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.volume.VolumeFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The volumes of one pod: made ready before its containers start, and written anew where they follow API objects. One
/// owner thread.
final class PodVolumes {
    /// The pauses after failures are those of upstream's `pkg/util/goroutinemap/exponentialbackoff`.
    private static final Duration MOUNT_FIRST = Duration.ofMillis(500);
    private static final Duration MOUNT_LONGEST = Duration.ofSeconds(122);
    private static final Duration ATTACH_RETRY = Duration.ofMillis(250);
    private static final Duration PERIOD = Duration.ofSeconds(60);
    /// Upstream's `VolumeAttachmentLimitExceededReason`.
    private static final String LIMIT_EXCEEDED = "VolumeAttachmentLimitExceeded";

    private final PodContext context;
    private final PodMailbox mailbox;
    private final MountWait mounts = new MountWait();
    private final DoublingPauses pauses = new DoublingPauses(MOUNT_FIRST, MOUNT_LONGEST);
    private Map<String, Path> paths = Map.of();
    private Instant due = Instant.EPOCH;
    private String madeFor = "";

    PodVolumes(PodContext context, PodMailbox mailbox) {
        this.context = context;
        this.mailbox = mailbox;
    }

    /// Where the volumes are, by name.
    Map<String, Path> paths() {
        return paths;
    }

    /// Makes them ready for containers to start; empty where they are, else how long to wait before the next try.
    Optional<Duration> await(Pod pod, ObservedPod observed) {
        if (setUp(pod, observed)) {
            pauses.reset();
            return Optional.empty();
        }
        return Optional.of(mounts.isWaiting() ? ATTACH_RETRY : pauses.next());
    }

    private boolean setUp(Pod pod, ObservedPod observed) {
        try {
            List<String> ips = observed.newestSandbox().map(Sandbox::ips).orElse(List.of());
            paths = context.files().setUp(pod, context.facts(ips));
            due = context.clock().instant().plus(PERIOD);
            madeFor = metadataKey(pod);
            mounts.done();
            return true;
        } catch (VolumeFailure failure) {
            mounts.failed(failure, context.clock().instant()).ifPresent(word -> tell(word, pod));
            return false;
        }
    }

    private void tell(MountWait.Word word, Pod pod) {
        switch (word) {
            case MountWait.Word.Trouble(String message) -> context.events().warning(pod, "FailedMount", message);
            case MountWait.Word.Rejection(String message) -> {
                context.events().warning(pod, LIMIT_EXCEEDED, message);
                mailbox.evict(new PodStatusPlan.Ending(LIMIT_EXCEEDED, "Pod was rejected: " + message));
            }
        }
    }

    /// Writes volumes anew that follow API objects, where that is due; returns when it is next.
    Duration refresh(Pod pod, ObservedPod observed) {
        boolean live = pod.spec().volumes().stream()
                .anyMatch(v -> v.configMap() != null
                        || v.secret() != null
                        || v.projected() != null
                        || v.downwardAPI() != null);
        if (!live && !context.files().refreshes(PodIdentity.of(pod).uid())) {
            return PodSync.FOREVER;
        }
        boolean isDue =
                !context.clock().instant().isBefore(due) || !metadataKey(pod).equals(madeFor);
        if (isDue && !setUp(pod, observed)) {
            return PodSync.RETRY;
        }
        Duration left = Duration.between(context.clock().instant(), due);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private static String metadataKey(Pod pod) {
        return pod.metadata().labels() + "\n" + pod.metadata().annotations();
    }
}
