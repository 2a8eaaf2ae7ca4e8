package io.gantry.kubelet;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.pages.ProcessPages;
import io.gantry.component.ComponentMain;
import io.gantry.component.Flags;
import io.gantry.component.HealthCheck;
import io.gantry.component.HealthServer;
import io.gantry.component.HostName;
import io.gantry.component.Metrics;
import io.gantry.component.Termination;
import io.gantry.kubelet.cert.Bootstrap;
import io.gantry.kubelet.server.Routes;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The kubelet process. Flags: see [KubeletConfig].
public final class KubeletMain {
    private static final Logger LOG = LoggerFactory.getLogger(KubeletMain.class);

    private KubeletMain() {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("kubelet", arguments, KubeletMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException, GeneralSecurityException {
        KubeletConfig config = KubeletConfig.of(
                flags, HostName.ofNode(), InetAddress.getLocalHost().getHostAddress());
        flags.rejectUnknown();
        try (Termination termination = Termination.prepare()) {
            run(config, ProcessPages.of("kubelet", flags), termination.asked());
        }
    }

    private static void run(KubeletConfig config, ProcessPages pages, CountDownLatch stopped)
            throws IOException, InterruptedException, GeneralSecurityException {
        AtomicReference<Optional<Kubelet>> running = new AtomicReference<>(Optional.empty());
        Metrics metrics = new Metrics();
        HealthCheck check = HealthCheck.of(
                "syncloop",
                () -> Optional.ofNullable(running.get()).flatMap(k -> k).flatMap(Kubelet::problem));
        Bootstrap bootstrap = new Bootstrap(
                config.kubeconfig(),
                config.bootstrapKubeconfig(),
                config.certDir(),
                config.nodeName(),
                Clock.systemUTC());
        try (HealthServer _ = HealthServer.start(config.healthAddress(), List.of(check), metrics)) {
            Kubeconfig kubeconfig = bootstrap.kubeconfig(stopped);
            try (ApiClient client = ApiClient.connect(kubeconfig, "kubelet");
                    Kubelet kubelet =
                            new Kubelet(config, client, bootstrap.file(), new Routes.Told(metrics, pages), stopped)) {
                metrics.lookUp(client::metrics);
                kubelet.start();
                running.set(Optional.of(kubelet));
                LOG.info("kubelet of node {} for {}", config.nodeName(), client.server());
                stopped.await();
            }
        } catch (InterruptedException closing) {
            if (stopped.getCount() > 0) {
                throw closing;
            }
        }
    }
}
