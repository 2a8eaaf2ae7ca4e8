package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import java.util.List;

/// Arguments of `NodeResourcesBalancedAllocation`.
record BalancedAllocationArgs(List<ResourceWeight> resources) {
    static final BalancedAllocationArgs DEFAULT = new BalancedAllocationArgs(ResourceWeight.CPU_AND_MEMORY);

    BalancedAllocationArgs {
        resources = List.copyOf(resources);
    }

    static BalancedAllocationArgs read(Arguments arguments) {
        return new BalancedAllocationArgs(ResourceWeight.read(arguments, true));
    }
}
