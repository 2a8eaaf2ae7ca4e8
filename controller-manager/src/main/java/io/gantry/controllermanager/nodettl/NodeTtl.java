package io.gantry.controllermanager.nodettl;

import java.util.List;

/// For how long kubelets may use what they know of ConfigMaps and Secrets, by the number of nodes (upstream
/// `pkg/controller/ttl`). The steps overlap, so that a cluster whose size wavers does not write to all nodes again and
/// again. One owner thread.
final class NodeTtl {
    private record Step(int least, int most, int seconds) {}

    private static final List<Step> STEPS = List.of(
            new Step(0, 100, 0),
            new Step(90, 500, 15),
            new Step(450, 1000, 30),
            new Step(900, 2000, 60),
            new Step(1800, Integer.MAX_VALUE, 300));

    private int step;

    /// @param nodes how many there are now
    int seconds(int nodes) {
        while (nodes > STEPS.get(step).most()) {
            step++;
        }
        while (nodes < STEPS.get(step).least()) {
            step--;
        }
        return STEPS.get(step).seconds();
    }
}
