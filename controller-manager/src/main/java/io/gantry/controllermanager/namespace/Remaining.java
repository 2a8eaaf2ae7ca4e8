package io.gantry.controllermanager.namespace;

import java.util.Map;

/// What is left in a namespace after a deletion pass.
///
/// @param counts objects by `resource.group`
/// @param finalizers how many objects wait for each finalizer
/// @param failures messages of requests that failed
/// @param undiscovered messages of groups that could not be asked
/// @param graceSeconds the longest time that a pod may still take
record Remaining(
        Map<String, Integer> counts,
        Map<String, Integer> finalizers,
        Map<String, String> failures,
        Map<String, String> undiscovered,
        long graceSeconds) {
    boolean isNothing() {
        return counts.isEmpty() && failures.isEmpty() && undiscovered.isEmpty();
    }
}
