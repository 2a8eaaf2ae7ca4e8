package io.gantry.scheduler.plugins;

import io.gantry.api.decode.Arguments;

/// Arguments of `InterPodAffinity`.
///
/// @param hardWeight how much a required affinity term of a pod in place counts for attracting pods it
///     matches
/// @param ignorePreferredOfOthers whether preferred terms of pods in place count only for pods with terms
///     of their own
record InterPodAffinityArgs(int hardWeight, boolean ignorePreferredOfOthers) {
    private static final int MAX_WEIGHT = 100;

    static final InterPodAffinityArgs DEFAULT = new InterPodAffinityArgs(1, false);

    static InterPodAffinityArgs read(Arguments arguments) {
        return new InterPodAffinityArgs(
                arguments.integer("hardPodAffinityWeight", DEFAULT.hardWeight, 0, MAX_WEIGHT),
                arguments.flag("ignorePreferredTermsOfExistingPods", false));
    }
}
