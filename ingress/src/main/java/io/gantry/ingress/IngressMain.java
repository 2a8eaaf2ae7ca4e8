package io.gantry.ingress;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.event.EventRecorder;
import io.gantry.client.informer.InformerFactory;
import io.gantry.client.work.ControllerRunner;
import io.gantry.client.work.WorkQueue;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthCheck;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.Termination;
import io.gantry.ingress.control.IngressController;
import io.gantry.ingress.control.ListenPort;
import io.gantry.ingress.control.Task;
import io.gantry.ingress.proxy.ProxyMetrics;
import io.gantry.ingress.proxy.ProxyServer;
import io.gantry.ingress.proxy.Traffic;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ingress process: serves Ingresses of a class whose controller is `gantry.io/ingress`.
///
/// Flags: `--kubeconfig`, `--publish-address` (shown in the status of Ingresses), `--http-port` (80; 0 for
/// none), `--https-port` (443; 0 for none), `--hostname-override` (names this process in events),
/// `--access-log` (false), `--health-address` (127.0.0.1:10260).
public final class IngressMain {
    private static final Logger LOG = LoggerFactory.getLogger(IngressMain.class);
    private static final String DEFAULT_HEALTH_ADDRESS = "127.0.0.1:10260";
    private static final int DEFAULT_HTTP_PORT = 80;
    private static final int DEFAULT_HTTPS_PORT = 443;
    private static final Duration SYNC_REPORT = Duration.ofSeconds(30);

    private IngressMain() {}

    private record Settings(String publishAddress, int httpPort, int httpsPort, String node, boolean accessLog) {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("ingress", arguments, IngressMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        Kubeconfig kubeconfig = Kubeconfig.load(flags.path("kubeconfig"));
        Settings settings = new Settings(
                flags.required("publish-address"),
                flags.integer("http-port", DEFAULT_HTTP_PORT),
                flags.integer("https-port", DEFAULT_HTTPS_PORT),
                flags.string("hostname-override", ""),
                flags.bool("access-log", false));
        String healthAddress = flags.string("health-address", DEFAULT_HEALTH_ADDRESS);
        flags.rejectUnknown();

        try (Termination termination = Termination.prepare()) {
            serve(kubeconfig, settings, healthAddress, termination.asked());
        }
    }

    private static void serve(Kubeconfig kubeconfig, Settings settings, String healthAddress, CountDownLatch stopping)
            throws IOException, InterruptedException {
        Metrics metrics = new Metrics();
        ProxyMetrics counted = new ProxyMetrics();
        metrics.lookUp(counted::text);
        try (ApiClient client = ApiClient.connect(kubeconfig, "ingress");
                EventRecorder events = new EventRecorder(client, "gantry-ingress", settings.node());
                InformerFactory informers = new InformerFactory(client);
                WorkQueue<Task> queue = new WorkQueue<>()) {
            metrics.lookUp(client::metrics);
            IngressController controller =
                    new IngressController(client, informers, queue, events, settings.publishAddress());
            Traffic traffic = new Traffic(
                    controller::routes, controller.backends(), counted, settings.httpsPort(), settings.accessLog());
            try (ProxyServer server = new ProxyServer(traffic);
                    ListenPort http = new ListenPort(
                            () -> server.bind(new InetSocketAddress(settings.httpPort()), Optional.empty()),
                            controller);
                    ListenPort https = new ListenPort(
                            () -> server.bind(
                                    new InetSocketAddress(settings.httpsPort()),
                                    Optional.of(controller.certificates())),
                            controller);
                    HealthServer _ = HealthServer.start(
                            healthAddress,
                            List.of(HealthCheck.of("http", http::problem), HealthCheck.of("https", https::problem)),
                            metrics);
                    ControllerRunner<Task> runner = new ControllerRunner<>("ingress", queue, 1, controller)) {
                informers.start();
                LOG.info("ingress for {}", client.server());
                while (stopping.getCount() > 0 && !informers.awaitSynced(SYNC_REPORT)) {
                    LOG.info("waiting for the API server: {}", informers.unsynced());
                }
                // Requests that come before the routes are known would be told that there are none.
                controller.reconcile(new Task.Routes());
                runner.start();
                if (settings.httpPort() != 0) {
                    http.start();
                }
                if (settings.httpsPort() != 0) {
                    https.start();
                }
                stopping.await();
            }
        }
    }
}
