package io.gantry.cli.cluster;

import io.gantry.cli.CliException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where a cluster keeps its state: in the API server's embedded store, in an etcd that Gantry runs, or in an etcd of
/// the user's.
///
/// @param port where our own etcd serves clients on loopback; its peer port and its metrics port follow it
/// @param servers endpoints of the user's etcd; empty otherwise
/// @param caFile and the other two: PEM files for the user's etcd; empty where it has no TLS
public record StoreConfig(
        Kind kind, int port, List<String> servers, String caFile, String certificateFile, String keyFile) {
    public static final int ETCD_PORT = 2379;
    public static final StoreConfig EMBEDDED = new StoreConfig(Kind.EMBEDDED, 0, List.of(), "", "", "");

    public StoreConfig {
        servers = servers == null ? List.of() : List.copyOf(servers);
        caFile = caFile == null ? "" : caFile;
        certificateFile = certificateFile == null ? "" : certificateFile;
        keyFile = keyFile == null ? "" : keyFile;
    }

    /// The stores.
    public enum Kind {
        EMBEDDED,
        ETCD
    }

    /// An etcd that Gantry runs.
    public static StoreConfig ownEtcd(int port) {
        return new StoreConfig(Kind.ETCD, port, List.of(), "", "", "");
    }

    /// An etcd that somebody else runs.
    ///
    /// @throws CliException for an address that is no URL, and for `https` without an authority
    public static StoreConfig etcd(List<String> servers, String caFile, String certificateFile, String keyFile) {
        for (String server : servers) {
            if (!server.matches("https?://[^/\\s]+")) {
                throw new CliException("--etcd-servers " + server + ": not a URL such as https://10.0.0.5:2379");
            }
            if (URI.create(server).getScheme().equals("https") && caFile.isEmpty()) {
                throw new CliException("--etcd-servers " + server + " needs --etcd-cafile: who signed its certificate");
            }
        }
        if (certificateFile.isEmpty() != keyFile.isEmpty()) {
            throw new CliException("--etcd-certfile and --etcd-keyfile belong together");
        }
        return new StoreConfig(Kind.ETCD, 0, servers, absolute(caFile), absolute(certificateFile), absolute(keyFile));
    }

    private static String absolute(String file) {
        return file.isEmpty() ? "" : Path.of(file).toAbsolutePath().normalize().toString();
    }

    /// Whether Gantry runs an etcd for this cluster.
    public boolean runsEtcd() {
        return kind == Kind.ETCD && servers.isEmpty();
    }

    /// Whether another control plane may serve the same cluster.
    public boolean mayBeShared() {
        return kind == Kind.ETCD && !runsEtcd();
    }

    public int peerPort() {
        return port + 1;
    }

    public int metricsPort() {
        return port + 2;
    }

    public String clientUrl() {
        return "https://127.0.0.1:" + port;
    }

    /// For `status`: one line.
    public String describe() {
        return switch (kind) {
            case EMBEDDED -> "embedded";
            case ETCD ->
                runsEtcd() ? "etcd (run by gantry, " + clientUrl() + ")" : "etcd (" + String.join(",", servers) + ")";
        };
    }

    /// The API server's flags.
    public List<String> apiServerFlags(ClusterLayout layout) {
        return switch (kind) {
            case EMBEDDED -> List.of("--data-dir=" + layout.store());
            case ETCD ->
                runsEtcd()
                        ? List.of(
                                "--etcd-servers=" + clientUrl(),
                                "--etcd-cafile=" + layout.pki("etcd-ca.crt"),
                                "--etcd-certfile=" + layout.pki("apiserver-etcd-client.crt"),
                                "--etcd-keyfile=" + layout.pki("apiserver-etcd-client.key"))
                        : userFlags();
        };
    }

    private List<String> userFlags() {
        List<String> flags = new ArrayList<>(List.of("--etcd-servers=" + String.join(",", servers)));
        if (!caFile.isEmpty()) {
            flags.add("--etcd-cafile=" + caFile);
        }
        if (!certificateFile.isEmpty()) {
            flags.add("--etcd-certfile=" + certificateFile);
            flags.add("--etcd-keyfile=" + keyFile);
        }
        return flags;
    }
}
