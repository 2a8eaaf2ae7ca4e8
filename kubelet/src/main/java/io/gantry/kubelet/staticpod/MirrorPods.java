package io.gantry.kubelet.staticpod;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Resource;
import io.gantry.kubelet.pod.StatusPublisher;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Keeps a mirror in the API for each static pod. Calls block and throw [StatusException].
public final class MirrorPods {
    private static final int TRIES = 5;

    private final ApiClient client;
    private final Resource<Pod> pods;

    public MirrorPods(ApiClient client) {
        this.client = client;
        this.pods = client.resource(PodKind.KIND);
    }

    /// Writes the status of a static pod into its mirror, which is made where there is none.
    ///
    /// @return the static pod itself
    public Pod updateStatus(Pod pod) {
        for (int i = 1; ; i++) {
            Optional<Pod> mirror = ensure(pod);
            if (mirror.isEmpty()) {
                return pod;
            }
            try {
                pods.updateStatus(PodBuilder.builder(mirror.get())
                        .status(StatusPublisher.merged(mirror.get().status(), pod.status()))
                        .build());
                return pod;
            } catch (StatusException failure) {
                if (i == TRIES || !(failure.isConflict() || failure.isNotFound())) {
                    throw failure;
                }
            }
        }
    }

    /// The mirror; empty for a pod that ends and has none any more.
    private Optional<Pod> ensure(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        Optional<Pod> found = pods.find(id.namespace(), id.name());
        boolean current = found.filter(StaticPods::isMirror)
                .filter(mirror -> StaticPods.hash(mirror).equals(StaticPods.hash(pod))
                        && mirror.metadata().deletionTimestamp() == null)
                .isPresent();
        if (current || pod.metadata().deletionTimestamp() != null) {
            return found.filter(mirror -> current);
        }
        found.filter(StaticPods::isMirror).ifPresent(this::remove);
        String node = Objects.requireNonNullElse(pod.spec().nodeName(), "");
        String nodeUid = Objects.requireNonNullElse(
                client.resource(NodeKind.KIND).get("", node).metadata().uid(), "");
        return Optional.of(pods.create(StaticPods.mirror(pod, nodeUid)));
    }

    /// Removes the mirror of a static pod that is no more.
    public void delete(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        pods.find(id.namespace(), id.name())
                .filter(mirror ->
                        StaticPods.isMirror(mirror) && StaticPods.hash(mirror).equals(StaticPods.hash(pod)))
                .ifPresent(this::remove);
    }

    /// Removes mirrors of which no pod is known, e.g. as their files went while the kubelet was down.
    public void removeOrphans(List<Pod> known, Predicate<String> isUid) {
        known.stream()
                .filter(pod -> StaticPods.isMirror(pod) && !isUid.test(StaticPods.hash(pod)))
                .forEach(this::remove);
    }

    /// Removes a mirror; its pod, if there is one, gets another with its next status.
    public void remove(Pod mirror) {
        PodIdentity id = PodIdentity.of(mirror);
        try {
            pods.delete(
                    id.namespace(),
                    id.name(),
                    Deletion.defaults().withGraceSeconds(0).withUid(id.uid()));
        } catch (StatusException failure) {
            if (!failure.isNotFound() && !failure.isConflict()) {
                throw failure;
            }
        }
    }
}
