package io.gantry.controllermanager.common;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Turns pod events into keys of the pods' owners of one kind; for an orphan, of all that might adopt it. A pod that
/// terminates counts as deleted (upstream: `addPod`, `updatePod` and `deletePod` of the workloads' controllers).
public final class OwnedPodEvents implements InformerHandler<Pod> {
    private final String ownerKind;
    private final Function<Pod, Stream<ObjectKey>> adopters;
    private final WorkQueue<ObjectKey> queue;
    private final Expectations expectations;

    /// @param adopters the owners whose selector matches the pod
    public OwnedPodEvents(
            String ownerKind,
            Function<Pod, Stream<ObjectKey>> adopters,
            WorkQueue<ObjectKey> queue,
            Expectations expectations) {
        this.ownerKind = ownerKind;
        this.adopters = adopters;
        this.queue = queue;
        this.expectations = expectations;
    }

    /// Of these owners those whose selector matches the pod.
    ///
    /// @param owners of the pod's namespace
    public static <T extends KubernetesObject> Stream<ObjectKey> selecting(
            List<T> owners, Function<T, LabelSelector> selector, Pod pod) {
        return owners.stream()
                .filter(owner ->
                        Labels.matches(selector.apply(owner), pod.metadata().labels()))
                .map(ObjectKey::of);
    }

    @Override
    public void added(Pod pod) {
        if (Pods.isTerminating(pod)) {
            deleted(pod);
            return;
        }
        Optional<ObjectKey> owner = owner(pod);
        owner.ifPresent(expectations::creationSeen);
        notice(pod, owner);
    }

    @Override
    public void updated(Pod before, Pod now) {
        Optional<ObjectKey> owner = owner(now);
        Optional<ObjectKey> ownerBefore = owner(before);
        ownerBefore.filter(key -> !owner.equals(Optional.of(key))).ifPresent(queue::add);
        if (Pods.isTerminating(now)) {
            deleted(now);
            return;
        }
        boolean relabelled = !before.metadata().labels().equals(now.metadata().labels());
        if (owner.isPresent() || relabelled || ownerBefore.isPresent()) {
            notice(now, owner);
        }
    }

    @Override
    public void deleted(Pod pod) {
        owner(pod).ifPresent(key -> {
            expectations.deletionSeen(key, ObjectKey.of(pod));
            queue.add(key);
        });
    }

    private void notice(Pod pod, Optional<ObjectKey> owner) {
        if (owner.isPresent()) {
            queue.add(owner.get());
        } else if (Owners.controllerOf(pod).isEmpty()) {
            adopters.apply(pod).forEach(queue::add);
        }
    }

    private Optional<ObjectKey> owner(Pod pod) {
        return Owners.controllerOf(pod)
                .filter(r -> r.kind().equals(ownerKind))
                .map(r -> new ObjectKey(ObjectKey.of(pod).namespace(), r.name()));
    }
}
