package io.gantry.cli.node;

import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.ExtraConfig;
import io.gantry.cli.image.PauseImage;
import io.gantry.cli.supervisor.ProcessSpec;
import io.gantry.component.JvmLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The processes of a node with their flags: a pure function of layout and configuration.
public final class NodeProcesses {
    public static final int SCHEDULER_HEALTH = 10259;
    public static final int CONTROLLER_MANAGER_HEALTH = 10257;
    public static final int KUBELET_HEALTH = 10248;
    public static final int KUBE_PROXY_HEALTH = 10256;
    public static final int CLUSTER_DNS_HEALTH = 10253;
    public static final int SIMULATED_NODES_HEALTH = 10254;
    public static final int INGRESS_HEALTH = 10260;

    /// A simulated node with its pods, ten perhaps, adds so much to the heap of each process that knows
    /// all of them.
    private static final int KILOBYTES_A_NODE = 56;

    /// And so much with as many pods as it takes, 110, of which a machine's memory has a twelfth at most for each such
    /// process.
    private static final int KILOBYTES_A_FULL_NODE = 616;

    private static final int MEMORY_SHARE = 12;

    /// From so many simulated nodes on the API server's heap is too large to be collected at a stroke.
    private static final int MANY_NODES = 1000;

    /// Amounts where upstream has shares: the tenth of a large disk that somebody works on is gigabytes, and often not
    /// free.
    private static final String EVICTION_HARD = "memory.available<100Mi,nodefs.available<2Gi";

    private static final String IMAGE_GC_ENOUGH = "6Gi";

    private final ClusterLayout layout;
    private final ClusterConfig config;

    public NodeProcesses(ClusterLayout layout, ClusterConfig config) {
        this.layout = layout;
        this.config = config;
    }

    /// Everything that runs on the machine, in the order in which it is started.
    public List<ProcessSpec> all() {
        List<ProcessSpec> specs = new ArrayList<>(List.of(containerd()));
        if (config.role() == ClusterConfig.Role.SERVER) {
            specs.addAll(controlPlane());
        }
        specs.addAll(agents());
        return specs;
    }

    /// etcd where we run it, API server, scheduler, controller manager.
    public List<ProcessSpec> controlPlane() {
        List<ProcessSpec> specs = new ArrayList<>();
        if (config.store().runsEtcd()) {
            specs.add(EtcdMember.spec(layout, config));
        }
        specs.addAll(List.of(apiServer(), scheduler(), controllerManager()));
        return specs;
    }

    /// containerd alone.
    public ProcessSpec containerd() {
        return new ProcessSpec(
                "containerd",
                List.of("containerd", "--config", layout.containerdConfig().toString()),
                Map.of(),
                layout.log("containerd").toString(),
                "");
    }

    /// kubelet and kube-proxy; on a server cluster-dns too, and ingress while there is an Ingress.
    public List<ProcessSpec> agents() {
        List<ProcessSpec> specs = new ArrayList<>(List.of(kubelet(), kubeProxy()));
        if (config.role() == ClusterConfig.Role.SERVER) {
            specs.add(clusterDns());
        }
        if (config.servesIngresses()) {
            specs.add(ingress());
        }
        if (config.simulatedNodes() > 0) {
            specs.add(simulatedNodes());
        }
        return specs;
    }

    private ProcessSpec apiServer() {
        List<String> flags = new ArrayList<>(config.store().apiServerFlags(layout));
        flags.addAll(List.of(
                "--bind-address=0.0.0.0",
                "--secure-port=" + config.apiPort(),
                "--advertise-address=" + config.nodeAddress(),
                "--tls-cert-file=" + layout.pki("apiserver.crt"),
                "--tls-private-key-file=" + layout.pki("apiserver.key"),
                "--client-ca-file=" + layout.pki("ca.crt"),
                "--service-account-key-file=" + layout.pki("sa.pub"),
                "--service-account-signing-key-file=" + layout.pki("sa.key"),
                "--service-account-issuer=https://kubernetes.default.svc." + config.clusterDomain(),
                "--service-cluster-ip-range=" + config.serviceCidr(),
                "--service-node-port-range=" + config.nodePorts(),
                "--kubelet-client-certificate=" + layout.pki("apiserver-kubelet-client.crt"),
                "--kubelet-client-key=" + layout.pki("apiserver-kubelet-client.key"),
                "--kubelet-certificate-authority=" + layout.pki("ca.crt"),
                "--requestheader-client-ca-file=" + layout.pki("front-proxy-ca.crt"),
                "--requestheader-allowed-names=front-proxy-client",
                "--requestheader-uid-headers=X-Remote-Uid",
                "--proxy-client-cert-file=" + layout.pki("front-proxy-client.crt"),
                "--proxy-client-key-file=" + layout.pki("front-proxy-client.key")));
        return java(
                "apiserver",
                config.simulatedNodes() < MANY_NODES ? JavaCommand.APISERVER : JavaCommand.APISERVER.withShortPauses(),
                // A plugin that keeps the key of what is stored may be a pod of this node, which comes after.
                "https://127.0.0.1:" + config.apiPort() + "/readyz?exclude=kms-providers",
                flags.toArray(String[]::new));
    }

    private ProcessSpec scheduler() {
        List<String> flags = new ArrayList<>(List.of(
                "--kubeconfig=" + layout.kubeconfig("scheduler"),
                "--leader-elect=" + config.store().mayBeShared(),
                "--health-address=127.0.0.1:" + SCHEDULER_HEALTH));
        if (!config.schedulerConfig().isEmpty()) {
            flags.add("--config=" + config.schedulerConfig());
        }
        if (!config.decisionRecord().isEmpty()) {
            flags.add("--record-decisions=" + config.decisionRecord());
        }
        return java(
                "scheduler", knowingAll(JavaCommand.SCHEDULER), health(SCHEDULER_HEALTH), flags.toArray(String[]::new));
    }

    private ProcessSpec controllerManager() {
        List<String> flags = new ArrayList<>(List.of(
                "--kubeconfig=" + layout.kubeconfig("controller-manager"),
                "--leader-elect=" + config.store().mayBeShared(),
                "--cluster-cidr=" + config.podCidr(),
                "--cluster-signing-cert-file=" + layout.pki("ca.crt"),
                "--cluster-signing-key-file=" + layout.pki("ca.key"),
                "--root-ca-file=" + layout.pki("ca.crt"),
                "--health-address=127.0.0.1:" + CONTROLLER_MANAGER_HEALTH));
        if (config.servesIngresses()) {
            flags.add("--ingress-activation-file=" + layout.ingressActivation());
        }
        return java(
                "controller-manager",
                knowingAll(JavaCommand.CONTROLLER_MANAGER),
                health(CONTROLLER_MANAGER_HEALTH),
                flags.toArray(String[]::new));
    }

    private ProcessSpec kubelet() {
        List<String> flags = new ArrayList<>(List.of(
                "--kubeconfig=" + layout.kubeletRoot().resolve("kubelet.kubeconfig"),
                "--bootstrap-kubeconfig=" + layout.bootstrapKubeconfig(),
                "--cert-dir=" + layout.kubeletRoot().resolve("pki"),
                "--root-dir=" + layout.kubeletRoot(),
                "--pod-manifest-path=" + layout.kubeletRoot().resolve("manifests"),
                "--container-runtime-endpoint=unix://" + layout.containerdSocket(),
                "--hostname-override=" + config.nodeName(),
                "--node-ip=" + config.nodeAddress(),
                "--address=0.0.0.0",
                "--port=" + config.kubeletPort(),
                "--client-ca-file=" + layout.pki("ca.crt"),
                "--cluster-dns=" + config.dnsAddress(),
                "--cluster-domain=" + config.clusterDomain(),
                "--cni-conf-dir=" + layout.cniConf(),
                "--cni-bin-dir=" + ContainerdConfig.CNI_BIN,
                "--cgroup-root=" + layout.cgroupRoot(),
                "--pod-infra-container-image=" + PauseImage.REFERENCE,
                "--eviction-hard=" + EVICTION_HARD,
                "--image-gc-enough=" + IMAGE_GC_ENOUGH,
                "--health-address=127.0.0.1:" + KUBELET_HEALTH));
        if (!config.unsafeSysctls().isEmpty()) {
            flags.add("--allowed-unsafe-sysctls=" + String.join(",", config.unsafeSysctls()));
        }
        return java("kubelet", JavaCommand.KUBELET, health(KUBELET_HEALTH), flags.toArray(String[]::new));
    }

    private ProcessSpec kubeProxy() {
        return java(
                "kube-proxy",
                JavaCommand.KUBE_PROXY,
                health(KUBE_PROXY_HEALTH),
                "--kubeconfig=" + layout.kubeconfig("kube-proxy"),
                "--hostname-override=" + config.nodeName(),
                "--cluster-cidr=" + config.podCidr(),
                "--overlay=" + config.overlay(),
                "--health-address=127.0.0.1:" + KUBE_PROXY_HEALTH);
    }

    private ProcessSpec clusterDns() {
        return java(
                "cluster-dns",
                JavaCommand.CLUSTER_DNS,
                health(CLUSTER_DNS_HEALTH),
                "--kubeconfig=" + layout.kubeconfig("cluster-dns"),
                "--listen=" + config.nodeAddress() + ":" + config.dnsPort(),
                "--cluster-ip=" + config.dnsAddress(),
                "--cluster-domain=" + config.clusterDomain(),
                "--health-address=127.0.0.1:" + CLUSTER_DNS_HEALTH);
    }

    private ProcessSpec ingress() {
        return java(
                        "ingress",
                        JavaCommand.INGRESS,
                        health(INGRESS_HEALTH),
                        "--kubeconfig=" + layout.kubeconfig("ingress"),
                        "--publish-address=" + config.nodeAddress(),
                        "--http-port=" + config.ingressHttpPort(),
                        "--https-port=" + config.ingressHttpsPort(),
                        "--hostname-override=" + config.nodeName(),
                        "--health-address=127.0.0.1:" + INGRESS_HEALTH)
                .whileExists(layout.ingressActivation());
    }

    /// Many nodes in one process. What it does for a pod is little and mostly the kernel's: the optimising compiler
    /// would take more than it saves before tens of thousands of pods.
    ProcessSpec simulatedNodes() {
        return java(
                "simulated-nodes",
                knowingAll(JavaCommand.SIMULATED_NODES),
                List.of(JvmLayout.FIRST_COMPILER_ALONE),
                health(SIMULATED_NODES_HEALTH),
                "--kubeconfig=" + layout.kubeconfig("admin"),
                "--nodes=" + config.simulatedNodes(),
                "--health-address=127.0.0.1:" + SIMULATED_NODES_HEALTH);
    }

    private ProcessSpec java(String name, JavaCommand command, String health, String... flags) {
        return java(name, command, List.of(), health, flags);
    }

    private ProcessSpec java(String name, JavaCommand command, List<String> options, String health, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(ExtraConfig.flags(config.extraConfig(), name));
        return new ProcessSpec(
                name,
                command.with(options, all),
                JvmLayout.ENVIRONMENT,
                layout.log(name).toString(),
                health);
    }

    /// The command of a process whose caches hold all nodes and pods.
    private JavaCommand knowingAll(JavaCommand command) {
        int nodes = config.simulatedNodes();
        return command.withMoreHeap(
                nodes * KILOBYTES_A_NODE / 1024,
                Math.min(nodes * KILOBYTES_A_FULL_NODE / 1024, JvmLayout.machineMegabytes() / MEMORY_SHARE));
    }

    private static String health(int port) {
        return "http://127.0.0.1:" + port + "/healthz";
    }
}
