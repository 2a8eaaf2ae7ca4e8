package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;
import io.gantry.scheduler.snapshot.Resources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A resource that a score looks at.
///
/// @param weight from 1 to 100
record ResourceWeight(String name, int weight) {
    static final List<ResourceWeight> CPU_AND_MEMORY =
            List.of(new ResourceWeight("cpu", 1), new ResourceWeight("memory", 1));

    private static final int MAX_WEIGHT = 100;

    /// The list under `resources`; CPU and memory when there is none.
    static List<ResourceWeight> read(Arguments arguments, boolean weightMustBeOne) {
        List<Arguments> resources = arguments.objects("resources");
        Set<String> seen = new HashSet<>();
        return resources.isEmpty()
                ? CPU_AND_MEMORY
                : resources.stream()
                        .map(each -> one(each, seen, weightMustBeOne))
                        .toList();
    }

    private static ResourceWeight one(Arguments arguments, Set<String> seen, boolean weightMustBeOne) {
        String name = arguments.text("name", "");
        int weight = arguments.integer("weight", 1, Integer.MIN_VALUE, Integer.MAX_VALUE);
        weight = weight == 0 ? 1 : weight;
        if (name.isEmpty()) {
            arguments.mistake("name", "Required value");
        } else if (!seen.add(name) && weightMustBeOne) {
            arguments.mistake("name", "Duplicate value: \"" + name + "\"");
        }
        if (weightMustBeOne && weight != 1) {
            arguments.invalid("weight", weight, "must be 1");
        } else if (weight < 1 || weight > MAX_WEIGHT) {
            arguments.invalid("weight", weight, "resource weight of " + name + " not in valid range (0, 100]");
        }
        arguments.end();
        return new ResourceWeight(name, weight);
    }

    /// The amount of this resource.
    long in(Resources resources) {
        return switch (name) {
            case "cpu" -> resources.milliCpu();
            case "memory" -> resources.memory();
            case "ephemeral-storage" -> resources.ephemeralStorage();
            default -> resources.scalar(name);
        };
    }

    /// Whether every pod asks for it; other resources count only for pods that ask for them.
    boolean isBasic() {
        return name.equals("cpu") || name.equals("memory") || name.equals("ephemeral-storage");
    }
}
