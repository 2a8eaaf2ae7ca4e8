package io.gantry.scheduler.plugins;

import io.gantry.api.core.v1.pod.TopologySpreadConstraint;
import io.gantry.api.core.v1.pod.TopologySpreadConstraintBuilder;
import io.gantry.api.decode.Arguments;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Arguments of `PodTopologySpread`.
///
/// @param defaults constraints for pods that declare none
/// @param system whether they are upstream's own, which also count nodes without the labels
record PodTopologySpreadArgs(List<TopologySpreadConstraint> defaults, boolean system) {
    private static final int HOST_SKEW = 3;
    private static final int ZONE_SKEW = 5;

    static final PodTopologySpreadArgs DEFAULT = new PodTopologySpreadArgs(
            List.of(soft("kubernetes.io/hostname", HOST_SKEW), soft("topology.kubernetes.io/zone", ZONE_SKEW)), true);

    PodTopologySpreadArgs {
        defaults = List.copyOf(defaults);
    }

    private static TopologySpreadConstraint soft(String key, int maxSkew) {
        return TopologySpreadConstraintBuilder.builder()
                .topologyKey(key)
                .maxSkew(maxSkew)
                .whenUnsatisfiable("ScheduleAnyway")
                .build();
    }

    static PodTopologySpreadArgs read(Arguments arguments) {
        String type = arguments.text("defaultingType", "System");
        Set<String> seen = new HashSet<>();
        List<TopologySpreadConstraint> constraints = arguments.objects("defaultConstraints").stream()
                .map(each -> one(each, seen))
                .flatMap(Optional::stream)
                .toList();
        if (!type.equals("System") && !type.equals("List")) {
            arguments.mistake(
                    "defaultingType", "Unsupported value: \"" + type + "\": supported values: \"List\", \"System\"");
        } else if (type.equals("System") && !constraints.isEmpty()) {
            arguments.invalid("defaultingType", type, "when .defaultConstraints are not empty");
        }
        return type.equals("List") ? new PodTopologySpreadArgs(constraints, false) : DEFAULT;
    }

    private static Optional<TopologySpreadConstraint> one(Arguments arguments, Set<String> seen) {
        String key = arguments.text("topologyKey", "");
        String when = arguments.text("whenUnsatisfiable", "");
        arguments.integer("maxSkew", 0, 1, Integer.MAX_VALUE);
        if (key.isEmpty()) {
            arguments.mistake("topologyKey", "Required value: can not be empty");
        }
        if (when.isEmpty()) {
            arguments.mistake("whenUnsatisfiable", "Required value: can not be empty");
        } else if (!when.equals("DoNotSchedule") && !when.equals("ScheduleAnyway")) {
            arguments.mistake(
                    "whenUnsatisfiable",
                    "Unsupported value: \"" + when + "\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"");
        }
        if (arguments.has("labelSelector")) {
            arguments.mistake(
                    "labelSelector", "Forbidden: constraint must not define a selector, as they deduced for each pod");
        }
        if (!seen.add(key + ", " + when)) {
            arguments.mistake("", "Duplicate value: \"{" + key + ", " + when + "}\"");
        }
        return arguments.decodedAs(TopologySpreadConstraint.class);
    }
}
