package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import java.time.Duration;

/// Upstream `DynamicResourcesArgs`.
///
/// @param filterTimeout how long the look at one node may take; zero for no limit
/// @param bindingTimeout how long devices may take to become ready
record DynamicResourcesArgs(Duration filterTimeout, Duration bindingTimeout) {
    private static final Duration FILTER_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BINDING_TIMEOUT = Duration.ofMinutes(10);
    static final DynamicResourcesArgs DEFAULT = new DynamicResourcesArgs(FILTER_TIMEOUT, BINDING_TIMEOUT);

    static DynamicResourcesArgs read(Arguments arguments) {
        Duration filter = arguments.duration("filterTimeout", FILTER_TIMEOUT);
        if (filter.isNegative()) {
            arguments.invalid("filterTimeout", filter, "must be zero or positive");
        }
        Duration binding = arguments.duration("bindingTimeout", BINDING_TIMEOUT);
        if (binding.compareTo(Duration.ofSeconds(1)) < 0) {
            arguments.invalid("bindingTimeout", binding, "must be at least 1 second");
        }
        return new DynamicResourcesArgs(filter, binding);
    }
}
