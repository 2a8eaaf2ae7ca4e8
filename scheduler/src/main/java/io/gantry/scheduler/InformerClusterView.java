package io.gantry.scheduler;

import io.gantry.api.KubernetesObject;
import io.gantry.api.apps.v1.replicaset.ReplicaSet;
import io.gantry.api.apps.v1.replicaset.ReplicaSetKind;
import io.gantry.api.apps.v1.statefulset.StatefulSet;
import io.gantry.api.apps.v1.statefulset.StatefulSetKind;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolume.PersistentVolumeKind;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaimKind;
import io.gantry.api.core.v1.persistentvolumeclaim.StorageClassNames;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.replicationcontroller.ReplicationController;
import io.gantry.api.core.v1.replicationcontroller.ReplicationControllerKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.deviceclass.DeviceClassKind;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.resource.v1.resourceslice.ResourceSliceKind;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csidriver.CSIDriverKind;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csinode.CSINodeKind;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacityKind;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.storageclass.StorageClassKind;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachmentKind;
import io.gantry.client.informer.Informer;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.Lister;
import io.gantry.scheduler.devices.ClaimLedger;
import io.gantry.scheduler.plugins.ClusterView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The cluster as informers have it.
final class InformerClusterView implements ClusterView {
    private static final String BY_CLASS = "class";
    private static final String BY_NODE = "node";
    private static final String BY_USER = "user";

    private final Lister<Node> nodes;
    private final Lister<Namespace> namespaces;
    private final Lister<PersistentVolumeClaim> claims;
    private final Lister<PersistentVolume> volumes;
    private final Lister<StorageClass> classes;
    private final Lister<CSINode> csiNodes;
    private final Lister<CSIDriver> csiDrivers;
    private final Lister<CSIStorageCapacity> capacities;
    private final Lister<VolumeAttachment> attachments;
    private final Lister<Service> services;
    private final Lister<ReplicaSet> replicaSets;
    private final Lister<StatefulSet> statefulSets;
    private final Lister<ReplicationController> controllers;

    private final Lister<ResourceSlice> slices;
    private final Lister<DeviceClass> deviceClasses;
    private final ClaimLedger ledger;

    /// @param ledger has the claims of devices
    InformerClusterView(InformerFactory informers, ClaimLedger ledger) {
        this.ledger = ledger;
        slices = informers.informer(ResourceSliceKind.KIND).lister();
        deviceClasses = informers.informer(DeviceClassKind.KIND).lister();
        nodes = informers.informer(NodeKind.KIND).lister();
        namespaces = informers.informer(NamespaceKind.KIND).lister();
        claims = informers.informer(PersistentVolumeClaimKind.KIND).lister();
        volumes = indexed(informers.informer(PersistentVolumeKind.KIND), BY_USER, InformerClusterView::user);
        classes = informers.informer(StorageClassKind.KIND).lister();
        csiNodes = informers.informer(CSINodeKind.KIND).lister();
        csiDrivers = informers.informer(CSIDriverKind.KIND).lister();
        capacities = indexed(
                informers.informer(CSIStorageCapacityKind.KIND), BY_CLASS, CSIStorageCapacity::storageClassName);
        attachments = indexed(
                informers.informer(VolumeAttachmentKind.KIND),
                BY_NODE,
                attachment -> attachment.spec().nodeName());
        services = informers.informer(ServiceKind.KIND).lister();
        replicaSets = informers.informer(ReplicaSetKind.KIND).lister();
        statefulSets = informers.informer(StatefulSetKind.KIND).lister();
        controllers = informers.informer(ReplicationControllerKind.KIND).lister();
    }

    private static <T extends KubernetesObject> Lister<T> indexed(
            Informer<T> informer, String index, Function<T, String> value) {
        informer.addIndex(index, object -> List.of(value.apply(object)));
        return informer.lister();
    }

    @Override
    public Optional<Node> node(String name) {
        return nodes.get("", name);
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return namespaces.get("", namespace).map(n -> n.metadata().labels()).orElse(Map.of());
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return claims.get(namespace, name);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return volumes.get("", name);
    }

    @Override
    public List<PersistentVolume> volumesFor(PersistentVolumeClaim claim) {
        List<PersistentVolume> found = new ArrayList<>(volumes.byIndex(
                BY_USER, forClaim(claim.metadata().namespace(), claim.metadata().name())));
        found.addAll(volumes.byIndex(BY_USER, ofClass(StorageClassNames.of(claim))));
        return found;
    }

    /// Which claims may have a volume.
    private static String user(PersistentVolume volume) {
        ObjectReference claim = volume.spec().claimRef();
        return claim == null ? ofClass(StorageClassNames.of(volume)) : forClaim(claim.namespace(), claim.name());
    }

    private static String forClaim(@Nullable String namespace, @Nullable String name) {
        return "claim " + namespace + "/" + name;
    }

    private static String ofClass(String name) {
        return "class " + name;
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return classes.get("", name);
    }

    @Override
    public Optional<CSINode> csiNode(String name) {
        return csiNodes.get("", name);
    }

    @Override
    public Optional<CSIDriver> csiDriver(String name) {
        return csiDrivers.get("", name);
    }

    @Override
    public List<CSIStorageCapacity> storageCapacities(String storageClass) {
        return capacities.byIndex(BY_CLASS, storageClass);
    }

    @Override
    public List<VolumeAttachment> attachments(String node) {
        return attachments.byIndex(BY_NODE, node);
    }

    @Override
    public Optional<ResourceClaim> deviceClaim(String namespace, String name) {
        return ledger.claim(namespace, name);
    }

    @Override
    public boolean isBeingAllocated(ResourceClaim claim) {
        return ledger.decided(claim).isPresent();
    }

    @Override
    public List<DeviceRequestAllocationResult> allocatedDevices() {
        return ledger.allocatedDevices();
    }

    @Override
    public List<ResourceSlice> resourceSlices() {
        return slices.all();
    }

    @Override
    public Optional<DeviceClass> deviceClass(String name) {
        return deviceClasses.get("", name);
    }

    @Override
    public List<DeviceClass> deviceClasses() {
        return deviceClasses.all();
    }

    @Override
    public Optional<ResourceClaim> extendedClaim(String podUid) {
        return ledger.extendedClaim(podUid);
    }

    /// Upstream `helper.DefaultSelector`.
    @Override
    public Optional<LabelSelector> selectorOf(Pod pod) {
        String namespace = Objects.requireNonNullElse(pod.metadata().namespace(), "");
        Map<String, String> labels = new LinkedHashMap<>();
        for (Service service : services.inNamespace(namespace)) {
            Map<String, String> selector = service.spec().selector();
            if (!selector.isEmpty() && pod.metadata().labels().entrySet().containsAll(selector.entrySet())) {
                labels.putAll(selector);
            }
        }
        List<LabelSelectorRequirement> requirements = new ArrayList<>();
        pod.metadata().ownerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.controller()))
                .findFirst()
                .flatMap(owner -> ofOwner(namespace, owner))
                .ifPresent(selector -> {
                    labels.putAll(selector.matchLabels());
                    requirements.addAll(selector.matchExpressions());
                });
        return labels.isEmpty() && requirements.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelSelector(labels, requirements));
    }

    private Optional<LabelSelector> ofOwner(String namespace, OwnerReference owner) {
        String name = owner.name();
        return switch (owner.kind()) {
            case "ReplicaSet" ->
                replicaSets.get(namespace, name).map(set -> set.spec().selector());
            case "StatefulSet" ->
                statefulSets.get(namespace, name).map(set -> set.spec().selector());
            case "ReplicationController" ->
                controllers
                        .get(namespace, name)
                        .map(rc -> new LabelSelector(rc.spec().selector(), List.of()));
            default -> Optional.empty();
        };
    }
}
