package io.gantry.component;

import java.util.List;
import java.util.Optional;

/// The answer of a health endpoint in upstream's form (`k8s.io/apiserver/pkg/server/healthz`).
///
/// @param healthy false becomes 500
/// @param text `ok`, or the listing of checks
public record HealthReport(boolean healthy, String text) {
    /// Runs checks.
    ///
    /// @param endpoint `livez`, `readyz` or `healthz`
    public static HealthReport of(String endpoint, List<HealthCheck> checks, boolean verbose) {
        StringBuilder listing = new StringBuilder();
        boolean healthy = true;
        for (HealthCheck check : checks) {
            Optional<String> failure = check.failure();
            healthy &= failure.isEmpty();
            String line =
                    failure.map(why -> "[-]" + check.name() + " failed: " + why).orElse("[+]" + check.name() + " ok");
            listing.append(line).append('\n');
        }
        if (healthy && !verbose) {
            return new HealthReport(true, "ok");
        }
        listing.append(endpoint).append(healthy ? " check passed\n" : " check failed\n");
        return new HealthReport(healthy, listing.toString());
    }
}
