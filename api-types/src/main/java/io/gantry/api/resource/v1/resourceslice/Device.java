package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `Device` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.Device", model = "V1Device")
public record Device(
        @Required String name,
        Map<String, DeviceAttribute> attributes,
        Map<String, DeviceCapacity> capacity,
        @ListType(ListType.Kind.ATOMIC) List<DeviceCounterConsumption> consumesCounters,
        @Nullable String nodeName,
        @Nullable NodeSelector nodeSelector,
        @Nullable Boolean allNodes,
        @ListType(ListType.Kind.ATOMIC) List<DeviceTaint> taints,
        @Nullable Boolean bindsToNode,
        @ListType(ListType.Kind.ATOMIC) List<String> bindingConditions,
        @ListType(ListType.Kind.ATOMIC) List<String> bindingFailureConditions,
        @Nullable Boolean allowMultipleAllocations,
        Map<String, NodeAllocatableResourceMapping> nodeAllocatableResourceMappings) {
    public Device {
        attributes = Copies.map(attributes);
        capacity = Copies.map(capacity);
        consumesCounters = Copies.list(consumesCounters);
        taints = Copies.list(taints);
        bindingConditions = Copies.list(bindingConditions);
        bindingFailureConditions = Copies.list(bindingFailureConditions);
        nodeAllocatableResourceMappings = Copies.map(nodeAllocatableResourceMappings);
    }
}
