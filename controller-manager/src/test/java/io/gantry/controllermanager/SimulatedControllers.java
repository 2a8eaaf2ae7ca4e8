package io.gantry.controllermanager;

import io.gantry.controllermanager.podautoscaler.AutoscalerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The controllers of the catalog, for tests in other packages.
public final class SimulatedControllers {
    /// Those that need real certificates or files.
    private static final Set<String> LEFT_OUT = Set.of(
            "certificatesigningrequest-approving",
            "certificatesigningrequest-signing",
            "token-cleaner",
            "bootstrap-signer");

    private SimulatedControllers() {}

    public static ControllerOptions options() {
        return new ControllerOptions(
                false,
                "10.244.0.0/16",
                24,
                Optional.empty(),
                Optional.empty(),
                Duration.ofDays(1),
                Optional.empty(),
                Duration.ofSeconds(50),
                0,
                AutoscalerOptions.DEFAULTS,
                Optional.empty());
    }

    /// All that can run in a simulation; built, not started.
    public static List<Controller> build(ControllerContext context) {
        return ControllerCatalog.all().stream()
                .filter(entry ->
                        !LEFT_OUT.contains(entry.name()) && entry.enabled().test(context.options()))
                .map(entry -> entry.create().apply(context))
                .toList();
    }
}
