package io.gantry.cli.node;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.KubeconfigText;
import io.gantry.cli.cluster.PrivateFiles;
import io.gantry.cli.cluster.StoreConfig;
import io.gantry.cli.cluster.UserKubeconfig;
import io.gantry.cli.host.Ports;
import io.gantry.cli.supervisor.ProcessSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Kubeconfig;
import io.gantry.client.Patch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Brings up the control plane and the first node, which joins as every later one: with a bootstrap token, over a
/// certificate request.
public final class ServerStart {
    private static final String CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
    private static final Duration API_LIMIT = Duration.ofSeconds(60);
    private static final Duration NODE_LIMIT = Duration.ofSeconds(120);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    private final ClusterLayout layout;
    private final ClusterConfig config;
    private final Progress progress;
    private final NodeHost host;

    public ServerStart(ClusterLayout layout, ClusterConfig config, Progress progress) {
        this.layout = layout;
        this.config = config;
        this.progress = progress;
        this.host = new NodeHost(layout, config, progress);
    }

    /// Whether every process runs and the node is Ready.
    public boolean isDone() throws InterruptedException {
        return host.runs(specs()) && nodeIsReady(Duration.ofSeconds(1));
    }

    /// Has the processes that run go over to other flags ([NodeHost#changeFlags]).
    ///
    /// @return whether there was one that had to
    public boolean changeFlags(ClusterConfig before) {
        return host.changeFlags(before);
    }

    /// Runs all steps; ends when the node is Ready.
    public void run() throws InterruptedException {
        List<ProcessSpec> specs = specs();
        progress.say("Gantry: starting the cluster in " + layout.data());
        if (host.supervisor().status().isEmpty()) {
            checkPorts();
        }
        host.installPackages();
        config.save(layout.config());
        new ClusterCertificates(layout, config).ensure();
        host.writeFiles();
        Optional<String> token = bootstrapToken();
        progress.done("certificates and configuration");
        host.start(specs);
        awaitAll(specs, token);
        if (!nodeIsReady(NODE_LIMIT)) {
            host.failOnCrash("kubelet");
            throw new CliException("the node " + config.nodeName() + " is not Ready after " + NODE_LIMIT.toSeconds()
                    + " s. The end of the kubelet's log:\n" + LogTail.of(layout.log("kubelet")));
        }
        // The node of a cluster that was down is Ready by its last word until the kubelet speaks again: what says that
        // all is well is each process' own health.
        host.awaitWell(specs, API_LIMIT);
        List<String> shortages = NodeReadiness.shortages(markControlPlane());
        progress.done("node " + config.nodeName() + " is Ready");
        if (!shortages.isEmpty()) {
            progress.say("  ! " + NodeReadiness.warning(config.nodeName(), shortages));
        }
    }

    private List<ProcessSpec> specs() {
        return new NodeProcesses(layout, config).all();
    }

    /// What a killed supervisor left keeps its ports: the new supervisor goes on with it.
    private void checkPorts() {
        Set<Long> own = host.survivors();
        StoreConfig store = config.store();
        if (store.runsEtcd()) {
            Ports.check(
                    List.of(
                            new Ports.Wanted("127.0.0.1", store.port(), "etcd", "--etcd-port"),
                            new Ports.Wanted("127.0.0.1", store.peerPort(), "etcd (peers)", "--etcd-port"),
                            new Ports.Wanted("127.0.0.1", store.metricsPort(), "etcd (metrics)", "--etcd-port")),
                    own);
        }
        Ports.check(
                List.of(
                        new Ports.Wanted("0.0.0.0", config.apiPort(), "API server", "--api-port"),
                        new Ports.Wanted("0.0.0.0", config.kubeletPort(), "kubelet", "--kubelet-port"),
                        new Ports.Wanted(config.nodeAddress(), config.dnsPort(), "cluster DNS", ""),
                        new Ports.Wanted("127.0.0.1", NodeProcesses.SCHEDULER_HEALTH, "scheduler", ""),
                        new Ports.Wanted(
                                "127.0.0.1", NodeProcesses.CONTROLLER_MANAGER_HEALTH, "controller manager", ""),
                        new Ports.Wanted("127.0.0.1", NodeProcesses.KUBELET_HEALTH, "kubelet's health endpoint", ""),
                        new Ports.Wanted("127.0.0.1", NodeProcesses.KUBE_PROXY_HEALTH, "kube-proxy", ""),
                        new Ports.Wanted("127.0.0.1", NodeProcesses.SIMULATED_NODES_HEALTH, "simulated nodes", "")),
                own);
    }

    /// A token for this node, written where the kubelet looks; empty when the kubelet has its own identity already.
    private Optional<String> bootstrapToken() {
        if (Files.exists(layout.kubeletRoot().resolve("kubelet.kubeconfig"))) {
            return Optional.empty();
        }
        String token = BootstrapTokens.generate();
        try {
            PrivateFiles.write(
                    layout.bootstrapKubeconfig(),
                    KubeconfigText.withToken(
                            config.apiServer(), Files.readString(layout.pki("ca.crt")), "bootstrap", token));
        } catch (IOException e) {
            throw new CliException("cannot write " + layout.bootstrapKubeconfig() + ": " + e.getMessage(), e);
        }
        return Optional.of(token);
    }

    private void awaitAll(List<ProcessSpec> specs, Optional<String> token) throws InterruptedException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> containerd = executor.submit(host::preparePauseImage);
            Future<?> api = executor.submit(() -> awaitApiServer(specs, token));
            for (Future<?> step : List.of(api, containerd)) {
                try {
                    step.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof CliException failure) {
                        throw failure;
                    }
                    if (e.getCause() instanceof StatusException failure) {
                        throw failure;
                    }
                    throw new CliException(String.valueOf(e.getCause()), e);
                }
            }
        }
    }

    private void awaitApiServer(List<ProcessSpec> specs, Optional<String> token) {
        host.awaitWell(
                specs.stream().filter(spec -> spec.name().equals("apiserver")).toList(), API_LIMIT);
        progress.done("API server on " + config.apiServer());
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            token.ifPresent(t -> BootstrapTokens.register(client, t, TOKEN_LIFE, "first node, made by gantry up"));
            ClusterInfo.publish(client, config, Files.readString(layout.pki("ca.crt")));
        } catch (IOException e) {
            throw new CliException("cannot read the cluster's CA: " + e.getMessage(), e);
        }
    }

    private boolean nodeIsReady(Duration limit) throws InterruptedException {
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            return NodeReadiness.await(client, config.nodeName(), limit);
        }
    }

    /// `kubectl get nodes` shows the role, and workloads select it. A kubelet may not say so of itself
    /// (NodeRestriction), so the administrator does, as `kubeadm init` (`mark-control-plane`) without its taint.
    private Node markControlPlane() {
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            Map<String, Object> labels = Map.of("labels", Map.of(CONTROL_PLANE, ""));
            return client.resource(NodeKind.KIND).patch("", config.nodeName(), Patch.merge(Map.of("metadata", labels)));
        }
    }

    /// How the cluster is reached.
    public void sayNext() {
        String export = UserKubeconfig.place(layout)
                .map(file -> "kubectl finds the cluster through " + file + ".")
                .orElse("Tell kubectl where the cluster is:\n\n    export KUBECONFIG=" + layout.adminKubeconfig());
        progress.say("\n" + export + "\nThen try:\n\n    kubectl get nodes\n    ./gantry status\n");
    }
}
