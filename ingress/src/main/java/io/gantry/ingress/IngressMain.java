package io.gantry.ingress;

import io.gantry.api.core.v1.service.Service;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSlice;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.networking.v1.ingress.Ingress;
import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.ingressclass.IngressClass;
import io.gantry.api.networking.v1.ingressclass.IngressClassKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.informer.InformerHandler;
import io.gantry.client.informer.Lister;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.ProcessLogging;
import io.gantry.component.StartupMemory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ingress process: serves Ingresses without a class, or of a class whose controller is `gantry.io/ingress`.
///
/// Flags: `--kubeconfig`, `--http-port` (80), `--health-address` (127.0.0.1:10254).
public final class IngressMain {
    static final String CONTROLLER = "gantry.io/ingress";

    private static final Logger LOG = LoggerFactory.getLogger(IngressMain.class);
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10254";
    private static final int DEFAULT_HTTP_PORT = 80;
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private IngressMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        ProcessLogging.start("ingress");
        StartupMemory.releaseLater();
        Flags flags = Flags.parse(arguments);
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        int port = flags.integer("http-port", DEFAULT_HTTP_PORT);
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        flags.rejectUnknown();

        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stopped::countDown));
        AtomicReference<RouteTable> table = new AtomicReference<>(new RouteTable(List.of()));
        Metrics metrics = new Metrics();
        try (ApiClient client = ApiClient.connect(kubeconfig, "ingress");
                InformerFactory informers = new InformerFactory(client);
                HealthServer _ = HealthServer.start(healthAddress, List.of(), metrics);
                HttpProxy _ = HttpProxy.start(new InetSocketAddress(port), table::get, new SecureRandom())) {
            metrics.lookUp(client::metrics);
            follow(informers, table);
            informers.start();
            LOG.info("ingress on port {} for {}", port, client.server());
            while (stopped.getCount() > 0 && !informers.awaitSynced(SYNC_REPORT)) {
                LOG.info("waiting for the API server");
            }
            stopped.await();
        }
    }

    /// Makes a new table at every change.
    private static void follow(InformerFactory informers, AtomicReference<RouteTable> table) {
        Lister<Ingress> ingresses = informers.informer(IngressKind.KIND).lister();
        Lister<IngressClass> classes = informers.informer(IngressClassKind.KIND).lister();
        Lister<Service> services = informers.informer(ServiceKind.KIND).lister();
        Lister<EndpointSlice> slices =
                informers.informer(EndpointSliceKind.KIND).lister();
        Runnable rebuild = () -> table.set(RouteTable.of(
                ingresses.all(),
                ingress -> isServed(ingress, classes),
                new RouteTable.Cluster(services.all(), slices.all())));
        informers.informer(IngressKind.KIND).addHandler(InformerHandler.onAny(changed -> rebuild.run()));
        informers.informer(IngressClassKind.KIND).addHandler(InformerHandler.onAny(changed -> rebuild.run()));
        informers.informer(ServiceKind.KIND).addHandler(InformerHandler.onAny(changed -> rebuild.run()));
        informers.informer(EndpointSliceKind.KIND).addHandler(InformerHandler.onAny(changed -> rebuild.run()));
    }

    private static boolean isServed(Ingress ingress, Lister<IngressClass> classes) {
        String name = ingress.spec().ingressClassName();
        return name == null
                || classes.get("", name)
                        .filter(found -> CONTROLLER.equals(found.spec().controller()))
                        .isPresent();
    }
}
