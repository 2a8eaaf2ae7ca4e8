package io.gantry.component;

import java.util.Optional;
import java.util.function.Supplier;

/// One named check of `/livez`, `/readyz` and `/healthz`.
public interface HealthCheck {
    /// The name in URLs and in the verbose listing.
    String name();

    /// Why it fails; empty when well. Must answer at once.
    Optional<String> failure();

    /// A check from a function.
    static HealthCheck of(String name, Supplier<Optional<String>> failure) {
        return new HealthCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<String> failure() {
                return failure.get();
            }
        };
    }
}
