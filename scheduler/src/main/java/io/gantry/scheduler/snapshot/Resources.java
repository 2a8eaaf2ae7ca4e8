package io.gantry.scheduler.snapshot;

import io.gantry.api.resource.Quantity;
import java.util.HashMap;
import java.util.Map;

/// Amounts of resources. Immutable.
///
/// @param milliCpu thousandths of a CPU
/// @param memory bytes
/// @param ephemeralStorage bytes
/// @param scalars extended resources and huge pages, whole units
public record Resources(long milliCpu, long memory, long ephemeralStorage, Map<String, Long> scalars) {
    public static final Resources NONE = new Resources(0, 0, 0, Map.of());

    public Resources {
        scalars = Map.copyOf(scalars);
    }

    /// From a `requests`, `overhead` or `allocatable` map; `pods` is left out.
    public static Resources of(Map<String, Quantity> amounts) {
        if (amounts.isEmpty()) {
            return NONE;
        }
        Map<String, Long> scalars = new HashMap<>();
        long cpu = 0;
        long memory = 0;
        long storage = 0;
        for (Map.Entry<String, Quantity> amount : amounts.entrySet()) {
            switch (amount.getKey()) {
                case "cpu" -> cpu = amount.getValue().milliValue();
                case "memory" -> memory = amount.getValue().value();
                case "ephemeral-storage" -> storage = amount.getValue().value();
                case "pods" -> {}
                default -> scalars.put(amount.getKey(), amount.getValue().value());
            }
        }
        return new Resources(cpu, memory, storage, scalars);
    }

    public Resources plus(Resources other) {
        return new Resources(
                milliCpu + other.milliCpu,
                memory + other.memory,
                ephemeralStorage + other.ephemeralStorage,
                merged(other.scalars, 1));
    }

    public Resources minus(Resources other) {
        return new Resources(
                milliCpu - other.milliCpu,
                memory - other.memory,
                ephemeralStorage - other.ephemeralStorage,
                merged(other.scalars, -1));
    }

    /// The greater amount of each resource.
    public Resources max(Resources other) {
        if (other.equals(NONE)) {
            return this;
        }
        Map<String, Long> greater = new HashMap<>(scalars);
        other.scalars.forEach((name, amount) -> greater.merge(name, amount, Math::max));
        return new Resources(
                Math.max(milliCpu, other.milliCpu),
                Math.max(memory, other.memory),
                Math.max(ephemeralStorage, other.ephemeralStorage),
                greater);
    }

    /// The amount of a scalar resource, zero when there is none.
    public long scalar(String name) {
        return scalars.getOrDefault(name, 0L);
    }

    /// Whether of anything that is asked for here there is more in one than in another.
    public boolean hasMoreIn(Resources one, Resources other) {
        return (milliCpu > 0 && one.milliCpu > other.milliCpu)
                || (memory > 0 && one.memory > other.memory)
                || (ephemeralStorage > 0 && one.ephemeralStorage > other.ephemeralStorage)
                || scalars.entrySet().stream()
                        .anyMatch(e -> e.getValue() > 0 && one.scalar(e.getKey()) > other.scalar(e.getKey()));
    }

    private Map<String, Long> merged(Map<String, Long> other, int sign) {
        if (other.isEmpty()) {
            return scalars;
        }
        Map<String, Long> sum = new HashMap<>(scalars);
        other.forEach((name, amount) -> sum.merge(name, sign * amount, Long::sum));
        return sum;
    }
}
