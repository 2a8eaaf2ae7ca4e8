package io.gantry.scheduler.framework;

import java.util.List;

/// What a filter says of one node.
public sealed interface Verdict {
    Verdict FITS = new Fits();

    /// The pod may run there.
    record Fits() implements Verdict {}

    /// The pod may not run there.
    ///
    /// @param reasons in upstream's words
    /// @param resolvable whether removing pods from the node could change it
    record Rejected(List<String> reasons, boolean resolvable) implements Verdict {
        public Rejected {
            reasons = List.copyOf(reasons);
        }
    }

    static Verdict rejected(String... reasons) {
        return new Rejected(List.of(reasons), true);
    }

    /// Rejected for a reason that no preemption can remove.
    static Verdict unresolvable(String... reasons) {
        return new Rejected(List.of(reasons), false);
    }

    static Verdict fitsIf(boolean fits, String reason) {
        return fits ? FITS : rejected(reason);
    }
}
