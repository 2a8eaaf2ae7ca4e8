package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The API server's flags, named as upstream names them.
///
/// @param services the addresses and ports of Services
/// @param inflight seats of all priority levels together; empty without priority and fairness
/// @param withoutEffect flags of upstream's that were given and change nothing here
/// @param settings every flag with its value
record ServerFlags(
        StorageFlags storage,
        ServingFlags serving,
        ServiceFlags services,
        KubeletFlags kubelets,
        AuthenticationFlags authentication,
        AuthorizationFlags authorization,
        AdmissionFlags admission,
        AuditFlags audit,
        BrowserFlags browsers,
        Optional<Integer> inflight,
        List<String> withoutEffect,
        Map<String, String> settings) {
    private static final int READING = 400;
    private static final int MUTATING = 200;

    /// @throws IllegalArgumentException for unknown flags and values that cannot be read
    static ServerFlags parse(String... arguments) {
        return of(Flags.parse(arguments));
    }

    /// @throws IllegalArgumentException for unknown flags and values that cannot be read
    static ServerFlags of(Flags flags) {
        ServerFlags parsed = read(flags);
        flags.rejectUnknown();
        return parsed;
    }

    /// Every flag on a line of its own, as programs look for them in upstream's help.
    static String help() {
        Flags none = Flags.parse();
        read(none);
        return none.names().stream()
                .map(name -> "      --" + name)
                .collect(Collectors.joining(
                        "\n", "The Gantry API server.\n\nUsage:\n  apiserver [flags]\n\nFlags:\n", ""));
    }

    private static ServerFlags read(Flags flags) {
        return new ServerFlags(
                StorageFlags.parse(flags),
                ServingFlags.parse(flags),
                ServiceFlags.parse(flags),
                KubeletFlags.parse(flags),
                AuthenticationFlags.parse(flags),
                AuthorizationFlags.parse(flags),
                AdmissionFlags.parse(flags),
                AuditFlags.parse(flags),
                BrowserFlags.parse(flags),
                inflight(flags),
                UnusedFlags.parse(flags),
                flags.settings());
    }

    private static Optional<Integer> inflight(Flags flags) {
        int seats = flags.integer("max-requests-inflight", READING)
                + flags.integer("max-mutating-requests-inflight", MUTATING);
        boolean fair = !flags.string("enable-priority-and-fairness", "true").equals("false");
        if (fair && seats <= 0) {
            throw new IllegalArgumentException(
                    "--max-requests-inflight and --max-mutating-requests-inflight: together above 0");
        }
        return fair ? Optional.of(seats) : Optional.empty();
    }
}
