package io.gantry.cli.command;

import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.ExtraConfig;
import io.gantry.cli.host.HostAddress;
import io.gantry.cli.host.NodeName;
import io.gantry.cli.local.LocalNodes;
import io.gantry.cli.local.LocalStatus;
import io.gantry.cli.node.HoldWatch;
import io.gantry.cli.node.NodeUpgrade;
import io.gantry.cli.node.RegistryMirror;
import io.gantry.cli.node.SchedulerConfigFile;
import io.gantry.cli.node.ServerStart;
import io.gantry.kubeproxy.route.OverlayMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `gantry up`: a cluster from one command.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the cluster on this machine (makes it the first time).")
public final class UpCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65535;

    /// More would not run on one machine; each takes some 250 MB.
    private static final int MOST_NODES = 100;

    @Mixin
    private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--api-port", description = "HTTPS port of the API server (default: 6443).")
    private @Nullable Integer apiPort;

    @Option(names = "--kubelet-port", description = "HTTPS port of the kubelet (default: 10250).")
    private @Nullable Integer kubeletPort;

    @Option(names = "--node-name", description = "Name of this node (default: the host's name).")
    private @Nullable String nodeName;

    @Option(names = "--node-ip", description = "Address of this node (default: that of the default route).")
    private @Nullable String nodeIp;

    @Option(names = "--pod-cidr", description = "Addresses of pods (default: 10.244.0.0/16).")
    private @Nullable String podCidr;

    @Option(names = "--service-cidr", description = "Addresses of services (default: 10.96.0.0/16).")
    private @Nullable String serviceCidr;

    @Option(
            names = "--overlay",
            paramLabel = "MODE",
            description = "Reach the pods of other nodes by VXLAN: those of nodes beyond a router (auto, the default), "
                    + "all (always), none (never).")
    private @Nullable String overlay;

    @Option(
            names = "--registry-mirror",
            paramLabel = "HOST=URL",
            description = "Pull images of HOST from URL, e.g. docker.io=http://127.0.0.1:5000.")
    private List<String> registryMirrors = new ArrayList<>();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "Run N nodes on this machine: itself, and N - 1 in network namespaces, each with its own "
                    + "containerd, kubelet and kube-proxy (1 for itself alone).")
    private @Nullable Integer nodes;

    @Option(names = "--local-node-cidr", description = "Addresses of those further nodes (default: 10.245.0.0/24).")
    private @Nullable String localNodeCidr;

    @Option(
            names = "--simulated-nodes",
            paramLabel = "N",
            description = "Run N nodes without machines beside this one, for tests of scale (0 for none).")
    private @Nullable Integer simulatedNodes;

    @Option(
            names = "--scheduler-config",
            paramLabel = "FILE",
            description =
                    "Configure the scheduler by a KubeSchedulerConfiguration; a copy is kept (none: as by default).")
    private @Nullable String schedulerConfig;

    @Option(
            names = "--record-decisions",
            paramLabel = "FILE",
            description = "Have the scheduler record its decisions, for `gantry replay FILE` (none: no longer).")
    private @Nullable String decisionRecord;

    @Option(
            names = "--allowed-unsafe-sysctls",
            split = ",",
            paramLabel = "NAME",
            description = "Let pods of this node set these sysctls too; a name may end with * (none: no longer).")
    private List<String> unsafeSysctls = new ArrayList<>();

    @Option(
            names = "--ingress-http-port",
            paramLabel = "PORT",
            description = "Serve Ingresses on this port over HTTP (default: 80; 0 for not at all).")
    private @Nullable Integer ingressHttpPort;

    @Option(
            names = "--ingress-https-port",
            paramLabel = "PORT",
            description = "Serve Ingresses on this port over HTTPS (default: 443; 0 for not at all).")
    private @Nullable Integer ingressHttpsPort;

    @Option(
            names = "--extra-config",
            paramLabel = "COMPONENT.FLAG=VALUE",
            description =
                    "Pass this flag to a process, e.g. apiserver.oidc-issuer-url=https://… or kubelet.max-pods=50. "
                            + "All of them replace those of before (none: no longer any).")
    private List<String> extraConfig = new ArrayList<>();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Override
    public Integer call() throws Exception {
        DataDirOption.requireRoot("up");
        ClusterLayout layout = dataDir.layout();
        Optional<ClusterConfig> before = ClusterConfig.load(layout.config());
        ClusterConfig config =
                multiplied(simulating(before.map(this::sameAsAsked).orElseGet(this::fresh)));
        config = config.withIngressHttpPort(port("--ingress-http-port", ingressHttpPort, config.ingressHttpPort()))
                .withIngressHttpsPort(port("--ingress-https-port", ingressHttpsPort, config.ingressHttpsPort()));
        if (schedulerConfig != null) {
            config = config.withSchedulerConfig(SchedulerConfigFile.keep(layout, schedulerConfig));
        }
        if (decisionRecord != null) {
            boolean none = decisionRecord.equals("none");
            config = config.withDecisionRecord(
                    none ? "" : Path.of(decisionRecord).toAbsolutePath().toString());
        }
        if (!unsafeSysctls.isEmpty()) {
            config = config.withUnsafeSysctls(unsafeSysctls.equals(List.of("none")) ? List.of() : unsafeSysctls);
        }
        if (!extraConfig.isEmpty()) {
            config = config.withExtraConfig(ExtraConfig.of(extraConfig, ExtraConfig.OF_SERVERS));
        }
        ClusterConfig wanted = config;
        return new HoldWatch(() -> LocalStatus.held(layout, wanted)).during(() -> {
            start(layout, before, wanted);
            return 0;
        });
    }

    private static int port(String flag, @Nullable Integer wish, int before) {
        int port = wish == null ? before : wish;
        if (port < 0 || port > LAST_PORT) {
            throw new CliException(flag + " must be 0 to " + LAST_PORT);
        }
        return port;
    }

    private static void start(ClusterLayout layout, Optional<ClusterConfig> before, ClusterConfig config)
            throws InterruptedException {
        Progress progress = new Progress(System.out);
        ServerStart server = new ServerStart(layout, config, progress);
        LocalNodes further = new LocalNodes(layout, config, progress);
        boolean changed = before.isPresent() && server.changeFlags(before.get());
        changed |= further.changeFlags();
        if (server.isDone() && further.areAsWanted()) {
            if (!changed) {
                progress.say("The cluster in " + layout.data() + " is running already: nothing to do.");
            }
            if (new NodeUpgrade(layout, config, progress).isDue()) {
                progress.say("It runs an older build than this: `gantry upgrade` goes over to it.");
            }
        } else {
            server.run();
            further.bringUp();
        }
        server.sayNext();
    }

    private ClusterConfig multiplied(ClusterConfig config) {
        int wanted = nodes == null ? config.nodes() : nodes;
        if (wanted < 1 || wanted > MOST_NODES) {
            throw new CliException("--nodes must be 1 to " + MOST_NODES);
        }
        if (wanted > 1) {
            config.registryMirrors().forEach(UpCommand::refuseLoopback);
            config.localNodeAddress(wanted);
        }
        return config.withNodes(wanted);
    }

    /// Loopback of a further node is not the machine's.
    private static void refuseLoopback(String mirror) {
        if (RegistryMirror.parse(mirror).isOnLoopback()) {
            throw new CliException("--registry-mirror " + mirror + " is not reached from further nodes (--nodes): "
                    + "let the registry listen on an address of this machine, and name that");
        }
    }

    private ClusterConfig simulating(ClusterConfig config) {
        if (simulatedNodes == null) {
            return config;
        }
        if (simulatedNodes < 0) {
            throw new CliException("--simulated-nodes must be 0 or more");
        }
        return config.withSimulatedNodes(simulatedNodes);
    }

    private ClusterConfig fresh() {
        String name = NodeName.valid(nodeName == null ? NodeName.detect() : nodeName);
        String address = nodeIp == null ? HostAddress.detect() : nodeIp;
        int port = apiPort == null ? ClusterConfig.API_PORT : apiPort;
        registryMirrors.forEach(RegistryMirror::parse);
        ClusterConfig config = ClusterConfig.server(name, address, port)
                .withPodCidr(podCidr == null ? ClusterConfig.POD_CIDR : podCidr)
                .withServiceCidr(serviceCidr == null ? ClusterConfig.SERVICE_CIDR : serviceCidr)
                .withLocalNodeCidr(localNodeCidr == null ? ClusterConfig.LOCAL_NODE_CIDR : localNodeCidr)
                .withOverlay(overlayMode().word())
                .withKubeletPort(kubeletPort == null ? ClusterConfig.KUBELET_PORT : kubeletPort)
                .withRegistryMirrors(registryMirrors)
                .withStore(store.chosen());
        config.dnsAddress();
        return config;
    }

    private OverlayMode overlayMode() {
        try {
            return overlay == null ? OverlayMode.AUTO : OverlayMode.of(overlay);
        } catch (IllegalArgumentException e) {
            throw new CliException(String.valueOf(e.getMessage()), e);
        }
    }

    /// A cluster keeps what it was made with; another wish is refused, not ignored.
    private ClusterConfig sameAsAsked(ClusterConfig config) {
        refuse("--api-port", apiPort, config.apiPort());
        refuse("--kubelet-port", kubeletPort, config.kubeletPort());
        refuse("--node-name", nodeName, config.nodeName());
        refuse("--node-ip", nodeIp, config.nodeAddress());
        refuse("--pod-cidr", podCidr, config.podCidr());
        refuse("--service-cidr", serviceCidr, config.serviceCidr());
        refuse("--local-node-cidr", localNodeCidr, config.localNodeCidr());
        refuse("--overlay", overlay, config.overlay());
        if (config.role() == ClusterConfig.Role.AGENT) {
            throw new CliException("this machine joined another cluster (" + config.apiServer()
                    + "); start it again with `gantry join`, or leave with `gantry down --purge`");
        }
        ClusterConfig kept = config.withStore(store.sameAs(config.store()));
        return registryMirrors.isEmpty() ? kept : kept.withRegistryMirrors(registryMirrors);
    }

    private static void refuse(String flag, @Nullable Object wish, Object fact) {
        if (wish != null && !wish.equals(fact)) {
            throw new CliException("the cluster was made with " + flag + " " + fact + ", which cannot be changed to "
                    + wish + ": use another --data-dir, or remove it with `gantry down --purge`");
        }
    }
}
