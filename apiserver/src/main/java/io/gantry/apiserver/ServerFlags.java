package io.gantry.apiserver;

import io.gantry.api.schema.GoDurations;
import io.gantry.apiserver.oidc.OidcFlags;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The API server's flags, named as upstream names them.
///
/// @param dataDir where the embedded store lies; without it and without etcd everything is forgotten at the end
/// @param watchTimeout the least one of watches that name none; zero ends none
/// @param tlsNamed certificates for hosts of their own
/// @param inflight seats of all priority levels together
/// @param tokens a file of static tokens
/// @param audiences whose tokens are taken; the first is that of tokens that name none
/// @param selfSigned whether a serving certificate that is missing is made (`--cert-dir` without `--tls-cert-file`)
/// @param withoutEffect flags of upstream's that were given and change nothing here
/// @param settings every flag with its value
public record ServerFlags(
        Optional<Path> dataDir,
        List<String> etcdServers,
        Optional<Path> etcdCa,
        Optional<Path> etcdCertificate,
        Optional<Path> etcdKey,
        String bindAddress,
        int securePort,
        String advertiseAddress,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        List<NamedCertificate> tlsNamed,
        Optional<Path> clientCa,
        ServiceAccountFlags serviceAccounts,
        String serviceCidr,
        String nodePorts,
        Optional<Path> kubeletCertificate,
        Optional<Path> kubeletKey,
        Optional<Path> kubeletCa,
        Duration shutdownDelay,
        double goawayChance,
        Duration watchTimeout,
        Optional<Integer> inflight,
        FrontProxyFlags frontProxy,
        OidcFlags oidc,
        AuditFlags audit,
        AdmissionFlags admission,
        BrowserFlags browsers,
        Optional<Path> encryption,
        AuthorizationFlags authorization,
        Optional<Path> tokens,
        List<String> audiences,
        boolean selfSigned,
        List<String> withoutEffect,
        Map<String, String> settings) {
    private static final int PORT = 6443;
    private static final int READING = 400;
    private static final int MUTATING = 200;
    private static final double MAX_GOAWAY_CHANCE = 0.02;

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
        Optional<Path> certificate = flags.optionalPath("tls-cert-file");
        Optional<Path> own = flags.optionalPath("cert-dir").filter(directory -> certificate.isEmpty());
        ServiceAccountFlags serviceAccounts = ServiceAccountFlags.parse(flags);
        String bind = flags.string("bind-address", "0.0.0.0");
        return new ServerFlags(
                flags.optionalPath("data-dir"),
                list(flags, "etcd-servers"),
                flags.optionalPath("etcd-cafile"),
                flags.optionalPath("etcd-certfile"),
                flags.optionalPath("etcd-keyfile"),
                bind,
                flags.integer("secure-port", PORT),
                flags.string("advertise-address", bind.equals("0.0.0.0") ? "127.0.0.1" : bind),
                certificate.or(() -> own.map(directory -> directory.resolve("apiserver.crt"))),
                flags.optionalPath("tls-private-key-file").or(() -> own.map(dir -> dir.resolve("apiserver.key"))),
                NamedCertificate.parse(flags),
                flags.optionalPath("client-ca-file"),
                serviceAccounts,
                flags.string("service-cluster-ip-range", ServerConfig.SERVICE_CIDR),
                flags.string("service-node-port-range", ServerConfig.NODE_PORTS),
                flags.optionalPath("kubelet-client-certificate"),
                flags.optionalPath("kubelet-client-key"),
                flags.optionalPath("kubelet-certificate-authority"),
                flags.parsed("shutdown-delay-duration", "0s", GoDurations::parse),
                chance(flags.string("goaway-chance", "0")),
                watchTimeout(flags),
                inflight(flags),
                FrontProxyFlags.parse(flags),
                OidcFlags.parse(flags),
                AuditFlags.parse(flags),
                AdmissionFlags.parse(flags),
                BrowserFlags.parse(flags),
                flags.optionalPath("encryption-provider-config"),
                AuthorizationFlags.parse(flags),
                flags.optionalPath("token-auth-file"),
                Optional.of(list(flags, "api-audiences"))
                        .filter(given -> !given.isEmpty())
                        .orElse(serviceAccounts.issuers()),
                own.isPresent(),
                UnusedFlags.parse(flags),
                flags.settings());
    }

    private static List<String> list(Flags flags, String name) {
        return flags.all(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .filter(item -> !item.isBlank())
                .toList();
    }

    private static Duration watchTimeout(Flags flags) {
        int seconds = flags.integer("min-request-timeout", (int) ServerConfig.Options.WATCH_TIMEOUT.toSeconds());
        if (seconds < 0) {
            throw new IllegalArgumentException("--min-request-timeout can not be negative value");
        }
        return Duration.ofSeconds(seconds);
    }

    /// Seats of the whole server; empty without priority and fairness.
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
