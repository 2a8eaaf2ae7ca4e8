package io.gantry.scheduler;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimBuilder;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatus;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaimStatusBuilder;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.client.informer.InformerHandler;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.Profiles;
import io.gantry.scheduler.snapshot.PodInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Turns what informers report into changes of the cache and the queue, and into events that wake
/// waiting pods.
final class ClusterFeed {
    private final Scheduler.State state;
    private final Profiles profiles;
    private final Consumer<PodInfo> onGated;

    /// @param onGated told of each new pod that waits for its scheduling gates
    ClusterFeed(Scheduler.State state, Profiles profiles, Consumer<PodInfo> onGated) {
        this.state = state;
        this.profiles = profiles;
        this.onGated = onGated;
    }

    InformerHandler<Pod> pods() {
        return new InformerHandler<>() {
            @Override
            public void added(Pod pod) {
                podAdded(pod);
            }

            @Override
            public void updated(Pod before, Pod now) {
                podUpdated(before, now);
            }

            @Override
            public void deleted(Pod last) {
                podDeleted(last);
            }
        };
    }

    InformerHandler<Node> nodes() {
        return new InformerHandler<>() {
            @Override
            public void added(Node node) {
                state.cache().setNode(node);
                state.queue().notify(new ClusterEvent.NodeAdded(node));
            }

            @Override
            public void updated(Node before, Node now) {
                state.cache().setNode(now);
                if (matters(before, now)) {
                    state.queue().notify(new ClusterEvent.NodeChanged(before, now));
                }
            }

            @Override
            public void deleted(Node last) {
                state.cache()
                        .removeNode(Objects.requireNonNullElse(last.metadata().name(), ""));
                state.queue().notify(new ClusterEvent.NodeGone(last));
            }
        };
    }

    /// Labels of namespaces decide which pods affinity means.
    InformerHandler<Namespace> namespaces() {
        return InformerHandler.onAny(changed -> {
            state.cache().namespaceChanged();
            state.queue().notify(new ClusterEvent.NamespaceChanged());
        });
    }

    /// Passes on what came or changed; what goes helps no pod.
    <T> InformerHandler<T> objects(BiFunction<Optional<T>, T, ClusterEvent> event) {
        return new InformerHandler<>() {
            @Override
            public void added(T object) {
                state.queue().notify(event.apply(Optional.empty(), object));
            }

            @Override
            public void updated(T before, T now) {
                state.queue().notify(event.apply(Optional.of(before), now));
            }
        };
    }

    /// One that goes leaves room on its node.
    InformerHandler<VolumeAttachment> attachments() {
        return new InformerHandler<>() {
            @Override
            public void deleted(VolumeAttachment last) {
                state.queue().notify(new ClusterEvent.AttachmentGone(last));
            }
        };
    }

    /// One that goes frees its devices.
    InformerHandler<ResourceClaim> deviceClaims() {
        InformerHandler<ResourceClaim> changes = objects(ClusterEvent.DeviceClaimChanged::new);
        return new InformerHandler<>() {
            @Override
            public void added(ResourceClaim claim) {
                changes.added(claim);
            }

            @Override
            public void updated(ResourceClaim before, ResourceClaim now) {
                changes.updated(before, now);
            }

            @Override
            public void deleted(ResourceClaim last) {
                ResourceClaimStatus none = ResourceClaimStatusBuilder.builder().build();
                changes.updated(
                        last, ResourceClaimBuilder.builder(last).status(none).build());
            }
        };
    }

    private void podAdded(Pod pod) {
        if (ended(pod)) {
            return;
        }
        PodInfo info = new PodInfo(pod);
        Optional<String> node = nodeOf(pod);
        if (node.isPresent()) {
            state.cache().setPod(info, node.get());
            state.queue().notify(new ClusterEvent.PodPlaced(info, Optional.empty()));
        } else if (profiles.find(info).isPresent()) {
            String nominated = pod.status().nominatedNodeName();
            if (nominated != null && !nominated.isEmpty()) {
                state.nominations().nominate(info, nominated);
            }
            state.queue().add(info);
            if (!pod.spec().schedulingGates().isEmpty()) {
                onGated.accept(info);
            }
        }
    }

    private void podUpdated(Pod before, Pod now) {
        if (ended(now)) {
            podDeleted(now);
            return;
        }
        PodInfo info = new PodInfo(now);
        Optional<String> node = nodeOf(now);
        if (node.isEmpty()) {
            if (profiles.find(info).isPresent() && !state.cache().holds(info.uid())) {
                state.queue().update(new PodInfo(before), info);
            }
            return;
        }
        state.cache().setPod(info, node.get());
        if (nodeOf(before).isEmpty()) {
            state.queue().delete(info);
            state.nominations().remove(info);
            state.queue().notify(new ClusterEvent.PodPlaced(info, Optional.empty()));
        } else if (matters(before, now)) {
            state.queue().notify(new ClusterEvent.PodPlaced(info, Optional.of(new PodInfo(before))));
        }
    }

    private void podDeleted(Pod last) {
        PodInfo info = new PodInfo(last);
        state.queue().delete(info);
        state.nominations().remove(info);
        boolean placed = state.cache().holds(info.uid());
        state.cache().removePod(info.uid());
        if (placed) {
            state.left(info, nodeOf(last).orElse(""));
        }
    }

    private static Optional<String> nodeOf(Pod pod) {
        return Optional.ofNullable(pod.spec().nodeName()).filter(name -> !name.isEmpty());
    }

    private static boolean ended(Pod pod) {
        return "Succeeded".equals(pod.status().phase())
                || "Failed".equals(pod.status().phase());
    }

    private static boolean matters(Pod before, Pod now) {
        return !before.spec().equals(now.spec())
                || !before.metadata().labels().equals(now.metadata().labels())
                || (before.metadata().deletionTimestamp() == null)
                        != (now.metadata().deletionTimestamp() == null)
                || (resizing(before) && !resizing(now));
    }

    /// Until a resize is done a pod may take more than it asks for.
    private static boolean resizing(Pod pod) {
        return pod.status().conditions().stream().anyMatch(c -> c.type().startsWith("PodResize"));
    }

    /// Heartbeats do not matter.
    private static boolean matters(Node before, Node now) {
        return !before.spec().equals(now.spec())
                || !before.metadata().labels().equals(now.metadata().labels())
                || !before.status().allocatable().equals(now.status().allocatable())
                || !before.status().declaredFeatures().equals(now.status().declaredFeatures());
    }
}
