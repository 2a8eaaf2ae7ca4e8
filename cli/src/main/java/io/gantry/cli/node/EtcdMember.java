package io.gantry.cli.node;

import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.StoreConfig;
import io.gantry.cli.supervisor.ProcessSpec;
import java.util.List;
import java.util.Map;

/// The etcd that Gantry runs for itself: one member on loopback, which only holders of a certificate of its own
/// authority may reach (the cluster's authority signs kubelets too, and they have no business there).
final class EtcdMember {
    static final String NAME = "etcd";
    private static final long QUOTA_BYTES = 8L << 30;

    private EtcdMember() {}

    static ProcessSpec spec(ClusterLayout layout, ClusterConfig config) {
        StoreConfig store = config.store();
        String peer = "https://127.0.0.1:" + store.peerPort();
        String metrics = "http://127.0.0.1:" + store.metricsPort();
        return new ProcessSpec(
                NAME,
                List.of(
                        "etcd",
                        "--name=" + config.nodeName(),
                        "--data-dir=" + layout.etcd(),
                        "--listen-client-urls=" + store.clientUrl(),
                        "--advertise-client-urls=" + store.clientUrl(),
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=" + config.nodeName() + "=" + peer,
                        "--listen-metrics-urls=" + metrics,
                        "--client-cert-auth=true",
                        "--trusted-ca-file=" + layout.pki("etcd-ca.crt"),
                        "--cert-file=" + layout.pki("etcd-server.crt"),
                        "--key-file=" + layout.pki("etcd-server.key"),
                        "--peer-client-cert-auth=true",
                        "--peer-trusted-ca-file=" + layout.pki("etcd-ca.crt"),
                        "--peer-cert-file=" + layout.pki("etcd-peer.crt"),
                        "--peer-key-file=" + layout.pki("etcd-peer.key"),
                        "--quota-backend-bytes=" + QUOTA_BYTES),
                Map.of(),
                layout.log(NAME).toString(),
                metrics + "/health");
    }
}
