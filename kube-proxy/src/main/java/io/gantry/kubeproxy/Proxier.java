package io.gantry.kubeproxy;

import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.service.Service;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDR;
import io.gantry.client.informer.Lister;
import io.gantry.kubeproxy.conntrack.Conntrack;
import io.gantry.kubeproxy.route.PodNetwork;
import io.gantry.kubeproxy.route.RoutePlan;
import io.gantry.kubeproxy.rules.NodeNetwork;
import io.gantry.kubeproxy.rules.Ruleset;
import io.gantry.kubeproxy.rules.RulesetPlan;
import io.gantry.kubeproxy.service.HostPortMapping;
import io.gantry.kubeproxy.service.LocalHealth;
import io.gantry.kubeproxy.service.Place;
import io.gantry.kubeproxy.service.ServicePortInfo;
import io.gantry.kubeproxy.service.ServicePorts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the node's table and routes as the cluster wants them.
final class Proxier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxier.class);

    /// What the cluster wants, as informers have it.
    record Cluster(
            Lister<Service> services,
            Lister<ServiceCIDR> serviceCidrs,
            Lister<EndpointSlice> slices,
            Lister<Pod> podsOfNode,
            Lister<Node> nodes) {}

    /// Who this is.
    record Self(String node, String clusterCidr, boolean bridgeFiltered) {}

    /// What is written to.
    record Kernel(NftTable table, PodNetwork pods, Conntrack conntrack) {}

    private final Cluster cluster;
    private final Self self;
    private final Kernel kernel;
    private final SyncMetrics metrics;
    private final SyncLoop loop = new SyncLoop(this::sync, this::isIntact);
    private final HealthCheckPorts healthChecks = new HealthCheckPorts();
    private volatile Optional<String> problem = Optional.of("not yet synced");

    Proxier(Cluster cluster, Self self, Kernel kernel, SyncMetrics metrics) {
        this.cluster = cluster;
        this.self = self;
        this.kernel = kernel;
        this.metrics = metrics;
    }

    /// Starts applying; informers should have synced before, or services would vanish for a moment.
    void start() {
        loop.start("proxier");
    }

    /// Notes that something changed. Never blocks for long.
    void wake() {
        metrics.queued();
        loop.wake();
    }

    /// Why the last attempt failed; empty when all is applied.
    Optional<String> problem() {
        return problem;
    }

    private boolean sync() {
        long start = System.nanoTime();
        boolean complete = syncOnce();
        if (complete) {
            metrics.synced(System.nanoTime() - start);
        }
        return complete;
    }

    private boolean isIntact() throws IOException {
        if (!kernel.table.isIntact()) {
            kernel.pods.doubt();
            return false;
        }
        return kernel.pods.isIntact();
    }

    private boolean syncOnce() {
        try {
            List<Node> nodes = cluster.nodes.all();
            NodeNetwork network = new NodeNetwork(
                    self.clusterCidr, RoutePlan.podCidr(nodes, self.node), serviceCidrs(), self.bridgeFiltered);
            List<ServicePortInfo> services =
                    ServicePorts.of(cluster.services.all(), cluster.slices.all(), Place.of(nodes, self.node));
            Ruleset wanted = RulesetPlan.of(services, HostPortMapping.of(cluster.podsOfNode.all()), network);
            kernel.table.apply(wanted);
            boolean complete = kernel.pods.apply(ways(nodes, network.nodePodCidr()));
            kernel.conntrack.forgetStale(services);
            healthChecks.apply(LocalHealth.of(cluster.services.all(), cluster.slices.all(), self.node));
            problem = Optional.empty();
            return complete;
        } catch (IOException | RuntimeException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
            metrics.failed();
            LOG.error("sync failed, trying again", e);
            return false;
        }
    }

    private PodNetwork.Wanted ways(List<Node> nodes, String podCidr) {
        return new PodNetwork.Wanted(
                RoutePlan.address(nodes, self.node).orElse(""), podCidr, RoutePlan.of(nodes, self.node));
    }

    private List<String> serviceCidrs() {
        return cluster.serviceCidrs.all().stream()
                .flatMap(range -> range.spec().cidrs().stream())
                .filter(cidr -> cidr.contains("."))
                .distinct()
                .sorted()
                .toList();
    }

    /// Stops; table and routes stay, so that traffic goes on while the process is away.
    @Override
    public void close() {
        loop.close();
        healthChecks.close();
    }
}
