package io.gantry.scheduler.record;

import io.gantry.api.Json;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Answers plugins as [Answers] recorded it.
final class RecordedView implements ClusterView {
    private final Map<String, JsonNode> answers = new HashMap<>();

    void learn(String question, JsonNode answer) {
        answers.put(question, answer);
    }

    private <T> Optional<T> answer(String question, Class<T> type) {
        return Optional.ofNullable(answers.get(question))
                .filter(answer -> !answer.isNull())
                .map(answer -> Json.MAPPER.treeToValue(answer, type));
    }

    @Override
    public Optional<Node> node(String name) {
        return answer("node " + name, Node.class);
    }

    @Override
    public Map<String, String> namespaceLabels(String namespace) {
        Map<String, String> labels = new HashMap<>();
        JsonNode answer = answers.get("namespace " + namespace);
        if (answer != null) {
            answer.properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
        }
        return labels;
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return answer("claim " + namespace + "/" + name, PersistentVolumeClaim.class);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return answer("volume " + name, PersistentVolume.class);
    }

    @Override
    public List<PersistentVolume> volumesFor(PersistentVolumeClaim claim) {
        return list(question(claim), PersistentVolume.class);
    }

    /// How [#volumesFor] is asked.
    static String question(PersistentVolumeClaim claim) {
        return "volumes for " + claim.metadata().namespace() + "/"
                + claim.metadata().name();
    }

    private <T> List<T> list(String question, Class<T> type) {
        List<T> list = new ArrayList<>();
        JsonNode answer = answers.get(question);
        if (answer != null) {
            answer.forEach(each -> list.add(Json.MAPPER.treeToValue(each, type)));
        }
        return list;
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return answer("class " + name, StorageClass.class);
    }

    @Override
    public Optional<CSINode> csiNode(String name) {
        return answer("csinode " + name, CSINode.class);
    }

    @Override
    public Optional<CSIDriver> csiDriver(String name) {
        return answer("csidriver " + name, CSIDriver.class);
    }

    @Override
    public List<CSIStorageCapacity> storageCapacities(String storageClass) {
        return list("capacities " + storageClass, CSIStorageCapacity.class);
    }

    @Override
    public List<VolumeAttachment> attachments(String node) {
        return list("attachments " + node, VolumeAttachment.class);
    }

    @Override
    public Optional<LabelSelector> selectorOf(Pod pod) {
        return answer("selector " + pod.metadata().uid(), LabelSelector.class);
    }

    @Override
    public Optional<ResourceClaim> deviceClaim(String namespace, String name) {
        return answer("deviceclaim " + namespace + "/" + name, ResourceClaim.class);
    }

    @Override
    public boolean isBeingAllocated(ResourceClaim claim) {
        return answer("being allocated " + claim.metadata().uid(), Boolean.class)
                .orElse(false);
    }

    @Override
    public List<DeviceRequestAllocationResult> allocatedDevices() {
        return list("devices", DeviceRequestAllocationResult.class);
    }

    @Override
    public List<ResourceSlice> resourceSlices() {
        return list("slices", ResourceSlice.class);
    }

    @Override
    public Optional<DeviceClass> deviceClass(String name) {
        return answer("deviceclass " + name, DeviceClass.class);
    }

    @Override
    public List<DeviceClass> deviceClasses() {
        return list("deviceclasses", DeviceClass.class);
    }

    @Override
    public Optional<ResourceClaim> extendedClaim(String podUid) {
        return answer("extended claim " + podUid, ResourceClaim.class);
    }
}
