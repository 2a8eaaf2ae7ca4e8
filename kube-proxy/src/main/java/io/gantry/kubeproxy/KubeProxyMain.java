package io.gantry.kubeproxy;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.networking.v1.networkpolicy.NetworkPolicyKind;
import io.gantry.api.networking.v1.servicecidr.ServiceCIDRKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Selection;
import io.gantry.client.pages.ProcessPages;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthCheck;
import io.gantry.component.HealthServer;
import io.gantry.component.HostName;
import io.gantry.component.Metrics;
import io.gantry.kubeproxy.conntrack.Conntrack;
import io.gantry.kubeproxy.conntrack.NetfilterFlows;
import io.gantry.kubeproxy.netlink.NftTables;
import io.gantry.kubeproxy.route.OverlayMode;
import io.gantry.kubeproxy.route.PodNetwork;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kube-proxy process: makes Services, NodePorts and host ports of this node work, and the ways to other
/// nodes' pods.
///
/// NetworkPolicies are filtered as well.
///
/// Flags: `--kubeconfig`, `--hostname-override` (the node's name, default the host's), `--cluster-cidr` (default
/// 10.244.0.0/16), `--overlay` (`auto`, the default, `always` or `never`: [OverlayMode]), `--health-address` (default
/// 127.0.0.1:10256), `--metrics-bind-address` (default
/// 127.0.0.1:10249; `/metrics` and `/proxyMode`), `--cleanup` (removes all of that, and ends).
public final class KubeProxyMain {
    private static final Logger LOG = LoggerFactory.getLogger(KubeProxyMain.class);
    private static final String DEFAULT_CLUSTER_CIDR = "10.244.0.0/16";
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10256";
    private static final String DEFAULT_STATUS_ADDRESS = "127.0.0.1:10249";
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private KubeProxyMain() {}

    private record Settings(
            String node, String clusterCidr, OverlayMode overlay, String healthAddress, String statusAddress) {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("kube-proxy", arguments, KubeProxyMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        String clusterCidr = flags.string("cluster-cidr", DEFAULT_CLUSTER_CIDR);
        if (flags.bool("cleanup", false)) {
            NodeNetwork.remove(clusterCidr);
            return;
        }
        Settings settings = new Settings(
                flags.string("hostname-override", HostName.ofNode()),
                clusterCidr,
                OverlayMode.of(flags.string("overlay", OverlayMode.AUTO.word())),
                flags.string("health-address", DEFAULT_HEALTH_ADDRESS),
                flags.string("metrics-bind-address", DEFAULT_STATUS_ADDRESS));
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        flags.rejectUnknown();
        run(kubeconfig, settings, ProcessPages.of("kube-proxy", flags));
    }

    private static void run(Kubeconfig kubeconfig, Settings settings, ProcessPages processPages)
            throws IOException, InterruptedException {
        Command command = new Command(List.of());
        Sysctls.enableForwarding();
        Sysctls.keepConnections();
        new ForwardPolicy(command, settings.clusterCidr()).accept();
        String node = settings.node();
        Proxier.Self self = new Proxier.Self(node, settings.clusterCidr(), Sysctls.filterBridges());
        Proxier.Kernel kernel = new Proxier.Kernel(
                new NftTable(command, NftTables::exists, NftTable.SERVICES),
                new PodNetwork(command, settings.overlay()),
                new Conntrack(new NetfilterFlows()));
        NftTable policyTable = new NftTable(command, NftTables::exists, NetworkPolicies.TABLE);
        Metrics metrics = new Metrics();
        SyncMetrics syncs = new SyncMetrics(InstantSource.system());
        metrics.lookUp(syncs::text);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stopped::countDown));
        try (ApiClient client = ApiClient.connect(kubeconfig, "kube-proxy");
                InformerFactory informers = new InformerFactory(client);
                Proxier proxier = new Proxier(cluster(informers, node), self, kernel, syncs);
                NetworkPolicies policies = new NetworkPolicies(policyCluster(informers), node, client, policyTable);
                HealthServer health = HealthServer.start(
                        settings.healthAddress(), List.of(HealthCheck.of("sync", proxier::problem)), metrics)) {
            ProxyPages pages = new ProxyPages(
                    () -> informers.informer(NodeKind.KIND).lister().get("", node),
                    proxier::problem,
                    InstantSource.system());
            health.serve("/healthz", pages::health).serve("/livez", pages::liveness);
            Optional<HealthServer> status = pages.serveStatus(settings.statusAddress(), metrics);
            status.ifPresent(processPages::on);
            metrics.lookUp(client::metrics);
            follow(informers, node, proxier);
            follow(informers, policies);
            informers.start();
            LOG.info("kube-proxy of node {} for {}", node, client.server());
            while (stopped.getCount() > 0 && !informers.awaitSynced(SYNC_REPORT)) {
                LOG.info("waiting for the API server");
            }
            proxier.start();
            policies.start();
            stopped.await();
            status.ifPresent(HealthServer::close);
        }
    }

    private static Proxier.Cluster cluster(InformerFactory informers, String node) {
        return new Proxier.Cluster(
                informers.informer(ServiceKind.KIND).lister(),
                informers.informer(ServiceCIDRKind.KIND).lister(),
                informers.informer(EndpointSliceKind.KIND).lister(),
                informers.informer(PodKind.KIND, ofNode(node)).lister(),
                informers.informer(NodeKind.KIND).lister());
    }

    private static NetworkPolicies.Cluster policyCluster(InformerFactory informers) {
        return new NetworkPolicies.Cluster(
                informers.informer(NetworkPolicyKind.KIND).lister(),
                informers.informer(ServiceKind.KIND).lister(),
                informers.informer(EndpointSliceKind.KIND).lister());
    }

    private static void follow(InformerFactory informers, NetworkPolicies policies) {
        informers.informer(NetworkPolicyKind.KIND).addHandler(InformerHandler.onAny(changed -> policies.wake()));
        informers
                .informer(EndpointSliceKind.KIND)
                .addHandler(InformerHandler.onAny(changed -> policies.wakeIfFollowing()));
    }

    private static void follow(InformerFactory informers, String node, Proxier proxier) {
        informers.informer(ServiceKind.KIND).addHandler(InformerHandler.onAny(changed -> proxier.wake()));
        informers.informer(ServiceCIDRKind.KIND).addHandler(InformerHandler.onAny(changed -> proxier.wake()));
        informers.informer(EndpointSliceKind.KIND).addHandler(InformerHandler.onAny(changed -> proxier.wake()));
        informers.informer(PodKind.KIND, ofNode(node)).addHandler(InformerHandler.onAny(changed -> proxier.wake()));
        informers.informer(NodeKind.KIND).addHandler(new NodeHandler(proxier));
    }

    private static Selection ofNode(String node) {
        return Selection.ofFields("spec.nodeName=" + node);
    }
}
