package io.gantry.scheduler.cycle;

import io.gantry.api.decode.Arguments;

/// Arguments of `DefaultPreemption`: how many candidate nodes are tried out at least, if there are as many.
///
/// @param minPercentage of all nodes
/// @param minAbsolute nodes
public record PreemptionArgs(int minPercentage, int minAbsolute) {
    private static final int MAX_PERCENTAGE = 100;

    public static final PreemptionArgs DEFAULT = new PreemptionArgs(10, 100);

    public static PreemptionArgs read(Arguments arguments) {
        String percentage = "minCandidateNodesPercentage";
        String absolute = "minCandidateNodesAbsolute";
        PreemptionArgs args = new PreemptionArgs(
                arguments.integer(percentage, DEFAULT.minPercentage, 0, MAX_PERCENTAGE),
                arguments.integer(absolute, DEFAULT.minAbsolute, 0, Integer.MAX_VALUE));
        if (args.minPercentage == 0 && args.minAbsolute == 0) {
            arguments.invalid(percentage, 0, "cannot be zero at the same time as " + absolute);
            arguments.invalid(absolute, 0, "cannot be zero at the same time as " + percentage);
        }
        return args;
    }

    /// How many candidates are enough among so many nodes.
    int enough(int nodes) {
        return Math.min(nodes, Math.max((int) ((long) nodes * minPercentage / MAX_PERCENTAGE), minAbsolute));
    }
}
