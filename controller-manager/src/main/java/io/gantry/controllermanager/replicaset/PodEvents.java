package io.gantry.controllermanager.replicaset;

import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.work.WorkQueue;
import io.gantry.controllermanager.common.Expectations;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Labels;
import io.gantry.controllermanager.common.Owners;
import io.gantry.controllermanager.common.Pods;
import java.util.Optional;

/// Turns pod events into keys of sets: the controller of the pod, or for an orphan every set that might adopt it.
final class PodEvents implements InformerHandler<Pod> {
    private final ReplicaSets sets;
    private final WorkQueue<ObjectKey> queue;
    private final Expectations expectations;

    PodEvents(ReplicaSets sets, WorkQueue<ObjectKey> queue, Expectations expectations) {
        this.sets = sets;
        this.queue = queue;
        this.expectations = expectations;
    }

    @Override
    public void added(Pod pod) {
        if (Pods.isTerminating(pod)) {
            deleted(pod);
            return;
        }
        Optional<ObjectKey> owner = owner(pod);
        if (owner.isPresent()) {
            expectations.creationSeen(owner.get());
            queue.add(owner.get());
        } else {
            orphan(pod);
        }
    }

    @Override
    public void updated(Pod before, Pod now) {
        if (Pods.isTerminating(now)) {
            deleted(now);
            return;
        }
        Optional<ObjectKey> owner = owner(now);
        Optional<ObjectKey> ownerBefore = owner(before);
        if (!owner.equals(ownerBefore)) {
            ownerBefore.ifPresent(queue::add);
        }
        if (owner.isPresent()) {
            queue.add(owner.get());
        } else if (ownerBefore.isPresent()
                || !before.metadata().labels().equals(now.metadata().labels())) {
            orphan(now);
        }
    }

    @Override
    public void deleted(Pod pod) {
        owner(pod).ifPresent(owner -> {
            expectations.deletionSeen(owner, ObjectKey.of(pod));
            queue.add(owner);
        });
    }

    private Optional<ObjectKey> owner(Pod pod) {
        Optional<OwnerReference> reference = Owners.controllerOf(pod);
        if (reference.isEmpty() || !reference.get().kind().equals(sets.kind().name())) {
            return Optional.empty();
        }
        return Optional.of(
                new ObjectKey(ObjectKey.of(pod).namespace(), reference.get().name()));
    }

    private void orphan(Pod pod) {
        if (Owners.controllerOf(pod).isPresent()) {
            return;
        }
        for (ReplicaSet set : sets.inNamespace(Fields.text(pod.metadata().namespace()))) {
            if (Labels.matches(set.spec().selector(), pod.metadata().labels())) {
                queue.add(ObjectKey.of(set));
            }
        }
    }
}
