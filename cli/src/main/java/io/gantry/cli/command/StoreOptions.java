package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.cluster.StoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which store a cluster shall have.
final class StoreOptions {
    @Option(names = "--store", description = "Where the state is kept: embedded (default) or etcd.")
    private @Nullable String store;

    @Mixin
    private Etcd etcd = new Etcd();

    /// Which etcd.
    static final class Etcd {
        @Option(
                names = "--etcd-servers",
                split = ",",
                paramLabel = "URL",
                description = "Use this etcd (default: Gantry runs one).")
        private List<String> servers = new ArrayList<>();

        @Option(names = "--etcd-cafile", paramLabel = "FILE", description = "Who signed etcd's certificates.")
        private String caFile = "";

        @Option(names = "--etcd-certfile", paramLabel = "FILE", description = "Client certificate for etcd.")
        private String certificateFile = "";

        @Option(names = "--etcd-keyfile", paramLabel = "FILE", description = "Key of the client certificate for etcd.")
        private String keyFile = "";

        @Option(names = "--etcd-port", description = "Client port of the etcd that Gantry runs (default: 2379).")
        private @Nullable Integer port;

        StoreConfig chosen(String store) {
            if (kind(store) == StoreConfig.Kind.EMBEDDED) {
                if (!servers.isEmpty()) {
                    throw new CliException("--etcd-servers needs the store etcd");
                }
                return StoreConfig.EMBEDDED;
            }
            return servers.isEmpty()
                    ? StoreConfig.ownEtcd(port == null ? StoreConfig.ETCD_PORT : port)
                    : StoreConfig.etcd(servers, caFile, certificateFile, keyFile);
        }
    }

    private static StoreConfig.Kind kind(String store) {
        return switch (store.toLowerCase(Locale.ROOT)) {
            case "embedded" -> StoreConfig.Kind.EMBEDDED;
            case "etcd" -> StoreConfig.Kind.ETCD;
            default -> throw new CliException("\"" + store + "\" is no store: there are `embedded` and `etcd`");
        };
    }

    /// For a new cluster.
    StoreConfig chosen() {
        return etcd.chosen(store == null ? "embedded" : store);
    }

    /// For a cluster that exists: its store, or the same etcd at other addresses.
    ///
    /// @throws CliException when another store is asked for
    StoreConfig sameAs(StoreConfig present) {
        if (store != null && (kind(store) != present.kind() || present.runsEtcd() && !etcd.servers.isEmpty())) {
            throw new CliException("the cluster's store is " + present.describe()
                    + ": move it with `gantry store move --to " + store + "`");
        }
        if (etcd.servers.isEmpty()) {
            return present;
        }
        if (present.kind() != StoreConfig.Kind.ETCD || present.runsEtcd()) {
            throw new CliException("the cluster's store is " + present.describe()
                    + ": move it with `gantry store move --to etcd --etcd-servers …`");
        }
        return etcd.chosen("etcd");
    }
}
