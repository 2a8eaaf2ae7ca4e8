package io.gantry.api.core.v1.pod;

import java.util.ArrayList;
import java.util.List;

/// A container of a pod with the path where its spec has it, e.g. `spec.containers[0]`, which faults and warnings name.
record PlacedContainer(Container container, String path) {
    /// Init and regular containers, in this order.
    ///
    /// @param path of the spec
    static List<PlacedContainer> started(PodSpec spec, String path) {
        List<PlacedContainer> placed = new ArrayList<>();
        add(spec.initContainers(), path + ".initContainers", placed);
        add(spec.containers(), path + ".containers", placed);
        return placed;
    }

    /// Those, and the ephemeral ones.
    ///
    /// @param path of the spec
    static List<PlacedContainer> all(PodSpec spec, String path) {
        List<PlacedContainer> placed = started(spec, path);
        List<Container> ephemeral = spec.ephemeralContainers().stream()
                .map(EphemeralContainerValidation::asContainer)
                .toList();
        add(ephemeral, path + ".ephemeralContainers", placed);
        return placed;
    }

    private static void add(List<Container> containers, String path, List<PlacedContainer> placed) {
        for (int i = 0; i < containers.size(); i++) {
            placed.add(new PlacedContainer(containers.get(i), path + "[" + i + "]"));
        }
    }
}
