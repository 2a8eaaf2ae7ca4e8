package io.gantry.apiserver.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A level of the Pod Security Standards.
enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    static boolean isKnown(@Nullable String text) {
        return text != null && (text.equals("privileged") || parse(text) == BASELINE || text.equals("restricted"));
    }

    /// What an unknown word means: the strictest, so that a typing error never opens a namespace.
    static Level parse(String text) {
        return switch (text) {
            case "privileged" -> PRIVILEGED;
            case "baseline" -> BASELINE;
            default -> RESTRICTED;
        };
    }

    List<Violation> violations(PodView pod, PolicyVersion version) {
        List<Violation> found = new ArrayList<>();
        if (this != PRIVILEGED) {
            found.addAll(BaselineChecks.of(pod, version));
        }
        if (this == RESTRICTED) {
            RestrictedChecks.of(pod, version).forEach(violation -> merge(found, violation));
        }
        return found;
    }

    /// A check of `restricted` replaces the milder one of `baseline` that looks at the same field.
    private static void merge(List<Violation> found, Violation violation) {
        found.removeIf(other -> other.reason().equals(violation.reason())
                || (violation.reason().equals("restricted volume types")
                        && other.reason().equals("hostPath volumes"))
                || (violation.reason().equals("unrestricted capabilities")
                        && other.reason().equals("non-default capabilities")));
        found.add(violation);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
