package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the server is reached, as whom it shows itself there, and how it lets go of its clients.
///
/// @param securePort zero for a free one
/// @param advertiseAddress the address of the `kubernetes` Service's endpoint
/// @param certificate empty for plain HTTP
/// @param named certificates for hosts of their own
/// @param selfSigned whether a serving certificate that is missing is made (`--cert-dir` without `--tls-cert-file`)
/// @param watchTimeout the least one of watches that name none; zero ends none
record ServingFlags(
        String bindAddress,
        int securePort,
        String advertiseAddress,
        Optional<Path> certificate,
        Optional<Path> key,
        List<NamedCertificate> named,
        boolean selfSigned,
        ServerConfig.Shutdown shutdown,
        Duration watchTimeout) {
    private static final int PORT = 6443;
    private static final double MAX_GOAWAY_CHANCE = 0.02;

    /// @throws IllegalArgumentException for values that cannot be read
    static ServingFlags parse(Flags flags) {
        Optional<Path> certificate = flags.optionalPath("tls-cert-file");
        Optional<Path> own = flags.optionalPath("cert-dir").filter(directory -> certificate.isEmpty());
        String bind = flags.string("bind-address", "0.0.0.0");
        return new ServingFlags(
                bind,
                flags.integer("secure-port", PORT),
                flags.string("advertise-address", bind.equals("0.0.0.0") ? "127.0.0.1" : bind),
                certificate.or(() -> own.map(directory -> directory.resolve("apiserver.crt"))),
                flags.optionalPath("tls-private-key-file").or(() -> own.map(dir -> dir.resolve("apiserver.key"))),
                NamedCertificate.parse(flags),
                own.isPresent(),
                new ServerConfig.Shutdown(
                        flags.parsed("shutdown-delay-duration", "0s", GoDurations::parse),
                        chance(flags.string("goaway-chance", "0"))),
                watchTimeout(flags));
    }

    private static Duration watchTimeout(Flags flags) {
        int seconds = flags.integer("min-request-timeout", (int) ServerConfig.Options.WATCH_TIMEOUT.toSeconds());
        if (seconds < 0) {
            throw new IllegalArgumentException("--min-request-timeout can not be negative value");
        }
        return Duration.ofSeconds(seconds);
    }

    private static double chance(String text) {
        try {
            double chance = Double.parseDouble(text);
            if (chance >= 0 && chance <= MAX_GOAWAY_CHANCE) {
                return chance;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--goaway-chance=" + text + ": not a number", e);
        }
        throw new IllegalArgumentException("--goaway-chance can not be less than 0 or greater than 0.02");
    }
}
