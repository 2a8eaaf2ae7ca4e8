package io.gantry.kubelet;

import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.component.ComponentMain;
import io.gantry.component.Counts;
import io.gantry.component.Flags;
import io.gantry.component.HealthServer;
import io.gantry.component.Metrics;
import io.gantry.component.Termination;
import io.gantry.kubelet.simulated.SimulatedNode;
import io.gantry.kubelet.simulated.SimulatedNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process of many nodes without machines.
///
/// Flags: `--kubeconfig` (an administrator's: it speaks for every node), `--nodes`, `--name-prefix` (default
/// `simulated-`), `--zones` (default 3: labels `topology.kubernetes.io/zone`), `--cpu`, `--memory`, `--pods`,
/// `--health-address` (default 127.0.0.1:10254).
public final class SimulatedNodesMain {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedNodesMain.class);
    private static final int KUBELET_PORT = 10250;
    private static final int DEFAULT_ZONES = 3;

    private SimulatedNodesMain() {}

    public static void main(String[] arguments) throws Exception {
        ComponentMain.run("simulated-nodes", arguments, SimulatedNodesMain::run);
    }

    private static void run(Flags flags) throws IOException, InterruptedException {
        Path kubeconfig = flags.path("kubeconfig");
        String health = flags.string("health-address", "127.0.0.1:10254");
        List<SimulatedNode> nodes = nodes(flags);
        flags.rejectUnknown();
        Metrics metrics = new Metrics();
        try (Termination termination = Termination.prepare();
                HealthServer _ = HealthServer.start(health, List.of(), metrics);
                ApiClient client = ApiClient.connect(Kubeconfig.load(kubeconfig), "kubelet");
                SimulatedNodes simulated = new SimulatedNodes(client, Clock.systemUTC(), KUBELET_PORT)) {
            metrics.lookUp(() -> Counts.gaugeNow("kubelet_running_pods", "", simulated.podCount()));
            metrics.lookUp(client::metrics);
            Thread.ofVirtual().start(() -> add(simulated, nodes));
            termination.asked().await();
        }
    }

    private static void add(SimulatedNodes simulated, List<SimulatedNode> nodes) {
        try {
            long began = System.nanoTime();
            simulated.add(nodes);
            LOG.info("{} nodes registered after {} ms", nodes.size(), (System.nanoTime() - began) / 1_000_000);
        } catch (InterruptedException stopping) {
            LOG.debug("stopped while nodes registered");
        }
    }

    private static List<SimulatedNode> nodes(Flags flags) {
        int number = flags.integer("nodes", 1);
        String prefix = flags.string("name-prefix", "simulated-");
        int zones = flags.integer("zones", DEFAULT_ZONES);
        String cpu = flags.string("cpu", "32");
        String memory = flags.string("memory", "256Gi");
        String pods = flags.string("pods", "110");
        List<SimulatedNode> nodes = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            SimulatedNode node = SimulatedNode.named(prefix + i)
                    .withCapacity("cpu", cpu)
                    .withCapacity("memory", memory)
                    .withCapacity("pods", pods);
            nodes.add(zones == 0 ? node : node.withLabel("topology.kubernetes.io/zone", "zone-" + i % zones));
        }
        return nodes;
    }
}
