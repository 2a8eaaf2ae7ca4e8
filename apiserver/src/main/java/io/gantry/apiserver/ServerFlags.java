package io.gantry.apiserver;

import io.gantry.apiserver.oidc.OidcFlags;
import io.gantry.component.Flags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The API server's flags, named as upstream names them.
///
/// @param dataDir where the embedded store lies; without it and without etcd everything is forgotten at the end
/// @param inflight seats of all priority levels together
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
        Optional<Path> clientCa,
        List<Path> serviceAccountKeys,
        Optional<Path> serviceAccountSigningKey,
        String serviceAccountIssuer,
        String serviceCidr,
        String nodePorts,
        Optional<Path> kubeletCertificate,
        Optional<Path> kubeletKey,
        Optional<Path> kubeletCa,
        Duration shutdownDelay,
        double goawayChance,
        Optional<Integer> inflight,
        FrontProxyFlags frontProxy,
        OidcFlags oidc,
        AuditFlags audit,
        AdmissionFlags admission,
        Optional<Path> encryption) {
    private static final int PORT = 6443;
    private static final int READING = 400;
    private static final int MUTATING = 200;
    private static final double MAX_GOAWAY_CHANCE = 0.02;

    /// @throws IllegalArgumentException for unknown flags and values that cannot be read
    static ServerFlags parse(String... arguments) {
        Flags flags = Flags.parse(arguments);
        String bind = flags.string("bind-address", "0.0.0.0");
        ServerFlags parsed = new ServerFlags(
                flags.optionalPath("data-dir"),
                flags.all("etcd-servers").stream()
                        .flatMap(list -> Arrays.stream(list.split(",")))
                        .toList(),
                flags.optionalPath("etcd-cafile"),
                flags.optionalPath("etcd-certfile"),
                flags.optionalPath("etcd-keyfile"),
                bind,
                flags.integer("secure-port", PORT),
                flags.string("advertise-address", bind.equals("0.0.0.0") ? "127.0.0.1" : bind),
                flags.optionalPath("tls-cert-file"),
                flags.optionalPath("tls-private-key-file"),
                flags.optionalPath("client-ca-file"),
                flags.all("service-account-key-file").stream().map(Path::of).toList(),
                flags.optionalPath("service-account-signing-key-file"),
                flags.string("service-account-issuer", "https://kubernetes.default.svc.cluster.local"),
                flags.string("service-cluster-ip-range", ServerConfig.SERVICE_CIDR),
                flags.string("service-node-port-range", ServerConfig.NODE_PORTS),
                flags.optionalPath("kubelet-client-certificate"),
                flags.optionalPath("kubelet-client-key"),
                flags.optionalPath("kubelet-certificate-authority"),
                duration(flags.string("shutdown-delay-duration", "0s")),
                chance(flags.string("goaway-chance", "0")),
                inflight(flags),
                FrontProxyFlags.parse(flags),
                OidcFlags.parse(flags),
                AuditFlags.parse(flags),
                AdmissionFlags.parse(flags),
                flags.optionalPath("encryption-provider-config"));
        flags.rejectUnknown();
        return parsed;
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

    /// A duration as Go writes it, e.g. `1m30s`.
    private static Duration duration(String text) {
        try {
            return text.equals("0") ? Duration.ZERO : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("--shutdown-delay-duration=" + text + ": not a duration such as 30s", e);
        }
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
