package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.resource.v1.DeviceNames;
import io.gantry.api.validation.References;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sets of counters and what devices take of them (upstream `validateCounterSet`,
/// `validateDeviceCounterConsumption`). Whether a set is there is not looked at: it may be in another slice
/// of the pool.
final class CounterValidation {
    private static final int MAX_COUNTERS = 32;

    private CounterValidation() {}

    static void set(CounterSet set, String path, FieldErrors errors) {
        name(set.name(), path + ".name", errors);
        counters(set.counters(), path + ".counters", errors);
    }

    static void consumption(DeviceCounterConsumption consumption, String path, FieldErrors errors) {
        name(consumption.counterSet(), path + ".counterSet", errors);
        counters(consumption.counters(), path + ".counters", errors);
    }

    private static void name(@Nullable String name, String path, FieldErrors errors) {
        References.requiredFormat(name, Names::label, path, errors);
    }

    private static void counters(Map<String, Counter> counters, String path, FieldErrors errors) {
        if (counters.isEmpty()) {
            errors.required(path, "");
        } else if (counters.size() > MAX_COUNTERS) {
            errors.tooMany(path, counters.size(), MAX_COUNTERS);
        } else {
            counters.keySet().forEach(name -> DeviceNames.label(name, path, errors));
        }
    }
}
