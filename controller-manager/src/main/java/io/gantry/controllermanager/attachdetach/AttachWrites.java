package io.gantry.controllermanager.attachdetach;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.AttachedVolume;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.CSIPersistentVolumeSource;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentBuilder;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentSource;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.informer.Lister;
import io.gantry.controllermanager.volume.Volumes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The controller's writes. One owner.
final class AttachWrites {
    /// How long a cache may lack what was made.
    private static final Duration LAG = Duration.ofSeconds(30);

    /// An attachment that was made: a cache behind must not let a second node have the volume.
    private record Made(String volume, String node, Instant at) {}

    private final Resource<VolumeAttachment> attachments;
    private final Resource<Node> nodes;
    private final Lister<VolumeAttachment> cache;
    private final Clock clock;
    private final Map<String, Made> made = new HashMap<>();

    AttachWrites(ApiClient client, Lister<VolumeAttachment> cache, Clock clock) {
        this.attachments = client.resource(VolumeAttachmentKind.KIND);
        this.nodes = client.resource(NodeKind.KIND);
        this.cache = cache;
        this.clock = clock;
    }

    static CSIPersistentVolumeSource source(PersistentVolume volume) {
        return Objects.requireNonNull(volume.spec().csi());
    }

    private static String name(PersistentVolume volume, String node) {
        return CsiNames.attachment(source(volume).driver(), source(volume).volumeHandle(), node);
    }

    /// The nodes for which an attachment was made that the cache does not show yet.
    Set<String> expected(PersistentVolume volume, Instant now) {
        made.entrySet()
                .removeIf(entry -> cache.get("", entry.getKey()).isPresent()
                        || entry.getValue().at().plus(LAG).isBefore(now));
        return made.values().stream()
                .filter(one -> one.volume().equals(Volumes.name(volume)))
                .map(Made::node)
                .collect(Collectors.toSet());
    }

    void attach(PersistentVolume volume, String node) {
        String name = name(volume, node);
        VolumeAttachmentSource source = new VolumeAttachmentSource(Volumes.name(volume), null);
        made.put(name, new Made(Volumes.name(volume), node, clock.instant()));
        try {
            attachments.create(VolumeAttachmentBuilder.builder()
                    .metadata(ObjectMetaBuilder.builder().name(name).build())
                    .spec(new VolumeAttachmentSpec(source(volume).driver(), source, node))
                    .build());
        } catch (StatusException failure) {
            if (!failure.isAlreadyExists()) {
                made.remove(name);
                throw failure;
            }
        }
    }

    void detach(PersistentVolume volume, String node) {
        try {
            attachments.delete("", name(volume, node), Deletion.defaults());
        } catch (StatusException failure) {
            if (!failure.isNotFound()) {
                throw failure;
            }
        }
    }

    /// Tells the node whether it has the volume, if nobody else has written the node meanwhile.
    void report(PersistentVolume volume, String node, boolean attached) {
        String unique = CsiNames.unique(source(volume).driver(), source(volume).volumeHandle());
        Optional<Node> found = nodes.find("", node);
        if (found.isEmpty()) {
            return;
        }
        List<AttachedVolume> before = found.get().status().volumesAttached();
        List<AttachedVolume> now = new ArrayList<>(
                before.stream().filter(one -> !one.name().equals(unique)).toList());
        if (attached) {
            now.add(new AttachedVolume(unique, ""));
        }
        if (!Set.copyOf(now).equals(Set.copyOf(before))) {
            nodes.patch(
                    "",
                    node,
                    Patch.merge(Map.of(
                                    "metadata",
                                    Map.of(
                                            "resourceVersion",
                                            text(found.get().metadata().resourceVersion())),
                                    "status",
                                    Map.of("volumesAttached", now)))
                            .subresource("status"));
        }
    }
}
