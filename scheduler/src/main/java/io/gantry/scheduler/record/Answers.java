package io.gantry.scheduler.record;

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
import io.gantry.scheduler.plugins.ClusterView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A cluster view that tells what plugins were answered, so that they can be answered the same again. As
/// thread-safe as the view behind it; only answers given on the scheduling thread are told.
public final class Answers implements ClusterView {
    private final ClusterView cluster;
    private volatile Listener listener = (question, answer) -> {};

    /// Hears a question and its answer: an object of the API, a list of them, or a map of texts.
    @FunctionalInterface
    interface Listener {
        void answered(String question, Optional<?> answer);
    }

    public Answers(ClusterView cluster) {
        this.cluster = cluster;
    }

    void listen(Listener fresh) {
        listener = fresh;
    }

    private <T> Optional<T> told(String question, Optional<T> answer) {
        listener.answered(question, answer);
        return answer;
    }

    private <T> T whole(String question, T answer) {
        listener.answered(question, Optional.of(answer));
        return answer;
    }

    @Override
    public Optional<Node> node(String name) {
        return told("node " + name, cluster.node(name));
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        return whole("namespace " + namespace, cluster.namespaceLabels(namespace));
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return told("claim " + namespace + "/" + name, cluster.claim(namespace, name));
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return told("volume " + name, cluster.volume(name));
    }

    @Override
    public List<PersistentVolume> volumesFor(PersistentVolumeClaim claim) {
        return whole(RecordedView.question(claim), cluster.volumesFor(claim));
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return told("class " + name, cluster.storageClass(name));
    }

    @Override
    public Optional<CSINode> csiNode(String name) {
        return told("csinode " + name, cluster.csiNode(name));
    }

    @Override
    public Optional<CSIDriver> csiDriver(String name) {
        return told("csidriver " + name, cluster.csiDriver(name));
    }

    @Override
    public List<CSIStorageCapacity> storageCapacities(String storageClass) {
        return whole("capacities " + storageClass, cluster.storageCapacities(storageClass));
    }

    @Override
    public List<VolumeAttachment> attachments(String node) {
        return whole("attachments " + node, cluster.attachments(node));
    }

    @Override
    public Optional<LabelSelector> selectorOf(Pod pod) {
        return told("selector " + pod.metadata().uid(), cluster.selectorOf(pod));
    }

    @Override
    public Optional<ResourceClaim> deviceClaim(String namespace, String name) {
        return told("deviceclaim " + namespace + "/" + name, cluster.deviceClaim(namespace, name));
    }

    @Override
    public boolean isBeingAllocated(ResourceClaim claim) {
        return whole("being allocated " + claim.metadata().uid(), cluster.isBeingAllocated(claim));
    }

    @Override
    public List<DeviceRequestAllocationResult> allocatedDevices() {
        return whole("devices", cluster.allocatedDevices());
    }

    @Override
    public List<ResourceSlice> resourceSlices() {
        return whole("slices", cluster.resourceSlices());
    }

    @Override
    public Optional<DeviceClass> deviceClass(String name) {
        return told("deviceclass " + name, cluster.deviceClass(name));
    }

    @Override
    public List<DeviceClass> deviceClasses() {
        return whole("deviceclasses", cluster.deviceClasses());
    }

    @Override
    public Optional<ResourceClaim> extendedClaim(String podUid) {
        return told("extended claim " + podUid, cluster.extendedClaim(podUid));
    }
}
