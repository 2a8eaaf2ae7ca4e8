package io.gantry.kubelet.runtime;

import java.util.Optional;

/// The runtime's two conditions.
///
/// @param strictGroups whether it can keep the groups of an image from its user (`supplementalGroupsPolicy`); empty
///   where it does not say
public record RuntimeHealth(Condition runtime, Condition network, Optional<Boolean> strictGroups) {
    /// One condition with upstream's reason and message where it is not met.
    public record Condition(boolean ready, String reason, String message) {
        public static Condition met() {
            return new Condition(true, "", "");
        }
    }
}
