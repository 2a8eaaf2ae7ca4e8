package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Copies;
import io.gantry.api.core.v1.pod.NodeSelector;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ResourceSliceSpec` of `resource.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.resource.v1.ResourceSliceSpec", model = "V1ResourceSliceSpec")
public record ResourceSliceSpec(
        @Required String driver,
        @Required @Written ResourcePool pool,
        @Nullable String nodeName,
        @Nullable NodeSelector nodeSelector,
        @Nullable Boolean allNodes,
        @ListType(ListType.Kind.ATOMIC) List<Device> devices,
        @Nullable Boolean perDeviceNodeSelection,
        @ListType(ListType.Kind.ATOMIC) List<CounterSet> sharedCounters) {
    public ResourceSliceSpec {
        devices = Copies.list(devices);
        sharedCounters = Copies.list(sharedCounters);
    }
}
