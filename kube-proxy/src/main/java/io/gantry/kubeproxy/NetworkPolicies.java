package io.gantry.kubeproxy;

import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicy;
import io.gantry.client.ApiClient;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.kubeproxy.policy.PolicyPlan;
import io.gantry.kubeproxy.policy.PolicyWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the table of network policies. While the cluster has none there is no table, and pods of other nodes and
/// namespaces are not followed.
final class NetworkPolicies implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkPolicies.class);
    static final String TABLE = "ip gantry-policy";
    private static final Duration SYNC_LIMIT = Duration.ofSeconds(30);
    private static final String DNS_NAMESPACE = "kube-system";
    private static final String DNS_SERVICE = "kube-dns";

    /// What is followed anyway.
    record Cluster(Lister<NetworkPolicy> policies, Lister<Service> services, Lister<EndpointSlice> slices) {}

    /// What is followed while there are policies.
    private record Peers(InformerFactory informers, Lister<Pod> pods, Lister<Namespace> namespaces)
            implements AutoCloseable {
        @Override
        public void close() {
            informers.close();
        }
    }

    private final Cluster cluster;
    private final String node;
    private final ApiClient client;
    private final NftTable table;
    private final SyncLoop loop;
    private Optional<Peers> peers = Optional.empty();
    private boolean clean;
    private volatile boolean following;

    NetworkPolicies(Cluster cluster, String node, ApiClient client, NftTable table) {
        this.cluster = cluster;
        this.node = node;
        this.client = client;
        this.table = table;
        this.loop = new SyncLoop(this::sync, table::isIntact);
    }

    /// Starts; policies should have synced before.
    void start() {
        loop.start("network-policies");
    }

    /// Notes that a policy changed.
    void wake() {
        loop.wake();
    }

    /// Notes that an endpoint changed, which matters only where there are policies.
    void wakeIfFollowing() {
        if (following) {
            loop.wake();
        }
    }

    private boolean sync() {
        try {
            List<NetworkPolicy> policies = cluster.policies.all();
            return policies.isEmpty() ? leave() : apply(policies);
        } catch (IOException | RuntimeException e) {
            LOG.error("network policies not applied, trying again", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Without policies everything may pass; a table can be there from a process before.
    private boolean leave() throws IOException {
        following = false;
        if (!clean) {
            table.remove();
            clean = true;
        }
        peers.ifPresent(Peers::close);
        peers = Optional.empty();
        return true;
    }

    private boolean apply(List<NetworkPolicy> policies) throws IOException, InterruptedException {
        clean = false;
        following = true;
        Peers now = peers.orElseGet(this::follow);
        peers = Optional.of(now);
        if (!now.informers.awaitSynced(SYNC_LIMIT)) {
            return false;
        }
        String dnsIp = cluster.services
                .get(DNS_NAMESPACE, DNS_SERVICE)
                .map(service -> Objects.requireNonNullElse(service.spec().clusterIP(), ""))
                .orElse("");
        List<EndpointSlice> dns = cluster.slices.inNamespace(DNS_NAMESPACE).stream()
                .filter(slice -> DNS_SERVICE.equals(slice.metadata().labels().get("kubernetes.io/service-name")))
                .toList();
        table.apply(PolicyPlan.of(new PolicyWorld(policies, now.pods.all(), now.namespaces.all(), dns, dnsIp, node)));
        return true;
    }

    private Peers follow() {
        InformerFactory informers = new InformerFactory(client);
        informers.informer(PodKind.KIND).addHandler(InformerHandler.onAny(changed -> loop.wake()));
        informers.informer(NamespaceKind.KIND).addHandler(InformerHandler.onAny(changed -> loop.wake()));
        informers.start();
        return new Peers(
                informers,
                informers.informer(PodKind.KIND).lister(),
                informers.informer(NamespaceKind.KIND).lister());
    }

    /// Stops; the table stays, so that pods stay isolated while the process is away.
    @Override
    public void close() {
        loop.close();
        peers.ifPresent(Peers::close);
    }
}
