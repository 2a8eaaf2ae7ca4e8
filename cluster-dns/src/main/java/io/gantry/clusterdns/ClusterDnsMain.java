package io.gantry.clusterdns;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.WorkQueue;
import io.gantry.clusterdns.registration.DnsServicePlan;
import io.gantry.clusterdns.registration.DnsServiceReconciler;
import io.gantry.clusterdns.server.DnsServer;
import io.gantry.clusterdns.server.Resolver;
import io.gantry.clusterdns.upstream.CachingUpstream;
import io.gantry.clusterdns.upstream.Forwarder;
import io.gantry.clusterdns.upstream.ResolvConf;
import io.gantry.clusterdns.zone.ClusterZone;
import io.gantry.clusterdns.zone.InformerServiceView;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthCheck;
import io.gantry.component.HealthServer;
import io.gantry.component.HostName;
import io.gantry.component.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The cluster DNS process: answers for Services and pods, and forwards other names.
///
/// Flags: `--kubeconfig`, `--listen` (IP:PORT that pods' traffic is sent to), `--cluster-domain` (cluster.local),
/// `--cluster-ip` (10.96.0.10), `--upstream` (IP[:PORT],… default from `--resolv-conf`), `--resolv-conf`
/// (/etc/resolv.conf), `--hostname-override` (the node's name, default the host's; names this server's EndpointSlice),
/// `--health-address` (127.0.0.1:10253).
public final class ClusterDnsMain {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterDnsMain.class);
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10253";
    private static final int DNS_PORT = 53;
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private ClusterDnsMain() {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("cluster-dns", arguments, ClusterDnsMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        InetSocketAddress listen = ResolvConf.address(flags.required("listen"));
        String domain = flags.string("cluster-domain", "cluster.local");
        String clusterIp = flags.string("cluster-ip", "10.96.0.10");
        List<InetSocketAddress> upstream = upstream(flags, listen, clusterIp);
        String node = flags.string("hostname-override", HostName.ofNode());
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        flags.rejectUnknown();

        AtomicBoolean ready = new AtomicBoolean();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stopped::countDown));
        DnsServicePlan plan = new DnsServicePlan(
                clusterIp, node.toLowerCase(Locale.ROOT), listen.getAddress().getHostAddress(), listen.getPort());
        Metrics metrics = new Metrics();
        try (ApiClient client = ApiClient.connect(kubeconfig, "cluster-dns");
                InformerFactory informers = new InformerFactory(client);
                WorkQueue<String> queue = new WorkQueue<>();
                DnsServer _ = DnsServer.start(
                        listen,
                        new Resolver(
                                new ClusterZone(
                                        domain, clusterIp, new InformerServiceView(informers), new SecureRandom()),
                                new CachingUpstream(new Forwarder(upstream), System::nanoTime),
                                ready::get));
                HealthServer _ = HealthServer.start(healthAddress, List.of(check(ready)), metrics)) {
            metrics.lookUp(client::metrics);
            DnsServiceReconciler reconciler = new DnsServiceReconciler(plan, client);
            reconciler.follow(informers, queue);
            informers.start();
            LOG.info("cluster-dns on {} for {}, upstream {}", listen, domain, upstream);
            while (stopped.getCount() > 0 && !informers.awaitSynced(SYNC_REPORT)) {
                LOG.info("waiting for the API server");
            }
            ready.set(true);
            try (ControllerRunner<String> runner = new ControllerRunner<>("kube-dns", queue, 1, reconciler)) {
                runner.start();
                stopped.await();
            }
        }
    }

    private static HealthCheck check(AtomicBoolean ready) {
        return HealthCheck.of("sync", () -> ready.get() ? Optional.empty() : Optional.of("services not yet known"));
    }

    /// Name servers to ask, without ourselves.
    private static List<InetSocketAddress> upstream(Flags flags, InetSocketAddress listen, String clusterIp) {
        String file = flags.string("resolv-conf", "/etc/resolv.conf");
        List<InetSocketAddress> wanted =
                flags.optional("upstream").map(ResolvConf::parse).orElseGet(() -> ResolvConf.read(Path.of(file)));
        return ResolvConf.without(wanted, Set.of(listen, ResolvConf.address(clusterIp + ":" + DNS_PORT)));
    }
}
