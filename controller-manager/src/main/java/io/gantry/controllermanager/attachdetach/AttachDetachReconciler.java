package io.gantry.controllermanager.attachdetach;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.CSIPersistentVolumeSource;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.storage.v1.volumeattachment.CsiNames;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.client.ApiClient;
import io.gantry.client.event.EventSink;
import io.gantry.client.work.Reconciler;
import io.gantry.client.work.Result;
import io.gantry.controllermanager.attachdetach.AttachDetachController.Known;
import io.gantry.controllermanager.common.Pods;
import io.gantry.controllermanager.volume.VolumeBinderController;
import io.gantry.controllermanager.volume.Volumes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Carries out [AttachPlan] for one volume after the other; one worker calls it. VolumeAttachments that this controller
/// would not make itself are left alone.
final class AttachDetachReconciler implements Reconciler<String> {
    private static final Set<String> SHARED = Set.of("ReadWriteMany", "ReadOnlyMany");

    private final Known known;
    private final AttachWrites writes;
    private final EventSink events;
    private final Clock clock;

    /// What is remembered of each volume that something is going on with.
    private final Map<String, Memory> memories = new HashMap<>();

    /// @param unwantedSince by node
    /// @param told the keys of warnings that still hold
    private record Memory(Map<String, Instant> unwantedSince, Set<String> told) {}

    AttachDetachReconciler(Known known, ApiClient client, EventSink events, Clock clock) {
        this.known = known;
        this.writes = new AttachWrites(client, known.attachments().lister(), clock);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Result reconcile(String name) {
        Optional<PersistentVolume> volume = known.volumes().lister().get("", name);
        if (volume.isEmpty() || volume.get().spec().csi() == null) {
            memories.remove(name);
            return Result.done();
        }
        Instant now = clock.instant();
        AttachPlan.View view = view(volume.get(), now);
        List<AttachStep> steps = AttachPlan.of(view, now);
        Memory before = memories.getOrDefault(name, new Memory(Map.of(), Set.of()));
        Set<String> warnings = steps.stream()
                .filter(AttachStep.Warn.class::isInstance)
                .map(step -> ((AttachStep.Warn) step).key())
                .collect(Collectors.toSet());
        remember(name, new Memory(view.unwantedSince(), warnings));
        for (AttachStep step : steps) {
            apply(volume.get(), step, before.told());
        }
        return view.unwantedSince().isEmpty() ? Result.done() : Result.requeueAfter(AttachPlan.UNMOUNT_LIMIT);
    }

    private void remember(String name, Memory memory) {
        if (memory.unwantedSince().isEmpty() && memory.told().isEmpty()) {
            memories.remove(name);
        } else {
            memories.put(name, memory);
        }
    }

    private void apply(PersistentVolume volume, AttachStep step, Set<String> told) {
        switch (step) {
            case AttachStep.Attach attach -> writes.attach(volume, attach.node());
            case AttachStep.Report report -> {
                writes.report(volume, report.node(), true);
                String message = "AttachVolume.Attach succeeded for volume \"" + Volumes.name(volume) + "\" ";
                report.pods().forEach(pod -> events.event(pod, EventSink.NORMAL, "SuccessfulAttachVolume", message));
            }
            case AttachStep.Unreport unreport -> writes.report(volume, unreport.node(), false);
            case AttachStep.Detach detach -> {
                writes.report(volume, detach.node(), false);
                writes.detach(volume, detach.node());
            }
            case AttachStep.Warn warn -> {
                if (!told.contains(warn.key())) {
                    events.event(warn.pod(), EventSink.WARNING, "FailedAttachVolume", warn.message());
                }
            }
        }
    }

    private AttachPlan.View view(PersistentVolume volume, Instant now) {
        CSIPersistentVolumeSource source = AttachWrites.source(volume);
        String unique = CsiNames.unique(source.driver(), source.volumeHandle());
        SortedMap<String, List<Pod>> pods = isAttachable(source) ? podsByNode(volume) : new TreeMap<>();
        SortedMap<String, VolumeAttachment> attachments = attachments(volume, source);
        Map<String, AttachPlan.NodeView> nodes = new HashMap<>();
        pods.keySet().forEach(node -> look(node, unique, nodes));
        attachments.keySet().forEach(node -> look(node, unique, nodes));
        known.nodes()
                .lister()
                .byIndex(AttachDetachController.BY_REPORT, unique)
                .forEach(node -> look(Volumes.name(node), unique, nodes));
        return new AttachPlan.View(
                Volumes.name(volume),
                volume.spec().accessModes().stream().anyMatch(SHARED::contains),
                pods,
                attachments,
                writes.expected(volume, now),
                nodes,
                unwanted(Volumes.name(volume), pods, attachments, now));
    }

    /// A driver without a CSIDriver object has its volumes attached, as upstream's default is.
    private boolean isAttachable(CSIPersistentVolumeSource source) {
        return known.drivers()
                .lister()
                .get("", source.driver())
                .map(driver -> !Boolean.FALSE.equals(driver.spec().attachRequired()))
                .orElse(true);
    }

    private SortedMap<String, List<Pod>> podsByNode(PersistentVolume volume) {
        SortedMap<String, List<Pod>> byNode = new TreeMap<>();
        var reference = volume.spec().claimRef();
        if (reference == null) {
            return byNode;
        }
        String key = text(reference.namespace()) + "/" + text(reference.name());
        boolean bound = known.claims()
                .lister()
                .get(text(reference.namespace()), text(reference.name()))
                .filter(claim -> text(claim.spec().volumeName()).equals(Volumes.name(volume)))
                .isPresent();
        if (bound) {
            known.pods().lister().byIndex(VolumeBinderController.PODS_BY_CLAIM, key).stream()
                    .filter(pod -> Pods.isAssigned(pod) && !Pods.isFinished(pod))
                    .forEach(pod -> byNode.computeIfAbsent(text(pod.spec().nodeName()), fresh -> new ArrayList<>())
                            .add(pod));
        }
        return byNode;
    }

    private SortedMap<String, VolumeAttachment> attachments(PersistentVolume volume, CSIPersistentVolumeSource source) {
        SortedMap<String, VolumeAttachment> byNode = new TreeMap<>();
        for (VolumeAttachment attachment :
                known.attachments().lister().byIndex(AttachDetachController.BY_VOLUME, Volumes.name(volume))) {
            String node = attachment.spec().nodeName();
            String own = CsiNames.attachment(source.driver(), source.volumeHandle(), node);
            if (own.equals(attachment.metadata().name())) {
                byNode.put(node, attachment);
            }
        }
        return byNode;
    }

    private void look(String name, String unique, Map<String, AttachPlan.NodeView> nodes) {
        Optional<Node> found = known.nodes().lister().get("", name);
        if (found.isPresent()) {
            Node node = found.get();
            nodes.put(
                    name,
                    new AttachPlan.NodeView(
                            node.status().conditions().stream()
                                    .anyMatch(c -> c.type().equals("Ready")
                                            && c.status().equals("True")),
                            node.spec().taints().stream()
                                    .anyMatch(taint -> taint.key().equals("node.kubernetes.io/out-of-service")),
                            node.status().volumesInUse().contains(unique),
                            node.status().volumesAttached().stream()
                                    .anyMatch(attached -> attached.name().equals(unique))));
        }
    }

    private Map<String, Instant> unwanted(
            String volume,
            SortedMap<String, List<Pod>> pods,
            SortedMap<String, VolumeAttachment> attachments,
            Instant now) {
        Map<String, Instant> before =
                memories.containsKey(volume) ? memories.get(volume).unwantedSince() : Map.of();
        return attachments.keySet().stream()
                .filter(node -> !pods.containsKey(node))
                .collect(Collectors.toMap(node -> node, node -> before.getOrDefault(node, now)));
    }
}
