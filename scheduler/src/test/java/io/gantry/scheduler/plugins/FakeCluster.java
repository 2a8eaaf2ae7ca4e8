package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.persistentvolume.PersistentVolume;
import io.gantry.api.core.v1.persistentvolumeclaim.PersistentVolumeClaim;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.resource.v1.deviceclass.DeviceClass;
import io.gantry.api.resource.v1.resourceclaim.DeviceRequestAllocationResult;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.api.storage.v1.csinode.CSINode;
import io.gantry.api.storage.v1.csistoragecapacity.CSIStorageCapacity;
import io.gantry.api.storage.v1.storageclass.StorageClass;
import io.gantry.api.storage.v1.volumeattachment.VolumeAttachment;
import io.gantry.scheduler.devices.ClaimLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A cluster in maps; also records how claims are bound.
public final class FakeCluster implements ClusterView, ClaimBinding {
    public final Map<String, PersistentVolumeClaim> claims = new HashMap<>();
    public final Map<String, PersistentVolume> volumes = new HashMap<>();
    public final Map<String, StorageClass> classes = new HashMap<>();
    public final Map<String, Node> nodes = new HashMap<>();
    public final Map<String, CSINode> csiNodes = new HashMap<>();
    public final Map<String, CSIDriver> csiDrivers = new HashMap<>();
    public final List<CSIStorageCapacity> capacities = new ArrayList<>();
    public final List<VolumeAttachment> attachments = new ArrayList<>();
    public final Map<String, DeviceClass> deviceClasses = new HashMap<>();
    public final List<ResourceSlice> slices = new ArrayList<>();
    public final ClaimLedger ledger = new ClaimLedger();
    public final List<String> calls = new ArrayList<>();

    /// How many volumes, attachments and capacities plugins were given to look at.
    public int handed;

    @Override
    public Optional<Node> node(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    @Override
    public Optional<LabelSelector> selectorOf(Pod pod) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return Map.of();
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return Optional.ofNullable(claims.get(name));
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return Optional.ofNullable(volumes.get(name));
    }

    @Override
    public List<PersistentVolume> volumesFor(PersistentVolumeClaim claim) {
        return handed(volumes.values().stream()
                .filter(volume -> volume.spec().claimRef() != null
                        || Objects.equals(
                                volume.spec().storageClassName(), claim.spec().storageClassName()))
                .toList());
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    @Override
    public Optional<CSINode> csiNode(String name) {
        return Optional.ofNullable(csiNodes.get(name));
    }

    @Override
    public Optional<CSIDriver> csiDriver(String name) {
        return Optional.ofNullable(csiDrivers.get(name));
    }

    @Override
    public List<CSIStorageCapacity> storageCapacities(String storageClass) {
        return handed(capacities.stream()
                .filter(capacity -> capacity.storageClassName().equals(storageClass))
                .toList());
    }

    @Override
    public List<VolumeAttachment> attachments(String node) {
        return handed(attachments.stream()
                .filter(attachment -> attachment.spec().nodeName().equals(node))
                .toList());
    }

    private <T> List<T> handed(List<T> some) {
        handed += some.size();
        return some;
    }

    @Override
    public PersistentVolumeClaim provisionOn(PersistentVolumeClaim claim, String node) {
        calls.add("provision " + claim.metadata().name() + " on " + node);
        return claim;
    }

    @Override
    public void reserve(PersistentVolume volume, PersistentVolumeClaim claim) {
        calls.add("reserve " + volume.metadata().name() + " for "
                + claim.metadata().name());
    }

    @Override
    public void awaitBound(List<PersistentVolumeClaim> waiting, Duration limit) {
        calls.add("await " + waiting.size());
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
        return slices;
    }

    @Override
    public Optional<DeviceClass> deviceClass(String name) {
        return Optional.ofNullable(deviceClasses.get(name));
    }

    @Override
    public List<DeviceClass> deviceClasses() {
        return List.copyOf(deviceClasses.values());
    }

    @Override
    public Optional<ResourceClaim> extendedClaim(String podUid) {
        return ledger.extendedClaim(podUid);
    }
}
