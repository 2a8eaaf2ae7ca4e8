package io.gantry.cli.node;

import io.gantry.api.apps.v1.deployment.Deployment;
import io.gantry.api.apps.v1.deployment.DeploymentBuilder;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.apps.v1.deployment.DeploymentSpecBuilder;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.PodBuilder;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.pod.PodSpecBuilder;
import io.gantry.api.core.v1.podtemplate.PodTemplateSpecBuilder;
import io.gantry.api.core.v1.service.ServiceBuilder;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.core.v1.service.ServicePortBuilder;
import io.gantry.api.core.v1.service.ServiceSpecBuilder;
import io.gantry.api.meta.v1.LabelSelectorBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterCertificates;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.cluster.KubeconfigText;
import io.gantry.cli.cluster.PrivateFiles;
import io.gantry.cli.host.Command;
import io.gantry.cli.image.PauseImage;
import io.gantry.cli.supervisor.ProcessSpec;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ListOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs every process once on a small life of a cluster (real containers of the pause image, no supervisor restarts)
/// and ends it, at which each writes its AOT cache. Needs root, the host's packages and a network namespace of its own.
public final class AotTraining {
    private static final String ADDRESS = "198.18.0.1";
    private static final String NODE = "training";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(120);
    private static final int REPLICAS = 3;
    private static final int ROUNDS = 30;
    private static final int SIMULATED_NODES = 2;
    private static final int SIMULATED_PODS = 100;

    private final ClusterLayout layout;
    private final ClusterConfig config = ClusterConfig.server(NODE, ADDRESS, ClusterConfig.API_PORT);
    private final Progress progress = new Progress(System.out);
    private final NodeHost host;
    private final List<Process> processes = new ArrayList<>();

    private AotTraining(ClusterLayout layout) {
        this.layout = layout;
        this.host = new NodeHost(layout, config, progress);
    }

    /// Makes all caches; replaces those that are there.
    public static void run() throws IOException, InterruptedException {
        System.setProperty("gantry.training", "true");
        Command.must(10, "ip", "link", "set", "lo", "up");
        Command.must(10, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "cable");
        Command.must(10, "ip", "link", "set", "cable", "up");
        Command.must(10, "ip", "addr", "add", ADDRESS + "/24", "dev", "eth0");
        Command.must(10, "ip", "link", "set", "eth0", "up");
        Path data = Files.createTempDirectory("gantry-training");
        Files.createDirectories(JavaCommand.APISERVER.aotCache().getParent());
        AotTraining training = new AotTraining(new ClusterLayout(data));
        try {
            training.live();
        } finally {
            training.end();
            new NodeStop(training.layout, training.progress).run(true);
        }
    }

    private void live() throws IOException, InterruptedException {
        new ClusterCertificates(layout, config).ensure();
        String token = BootstrapTokens.generate();
        PrivateFiles.write(
                layout.bootstrapKubeconfig(),
                KubeconfigText.withToken(
                        config.apiServer(), Files.readString(layout.pki("ca.crt")), "bootstrap", token));
        host.writeFiles();
        NodeProcesses specs = new NodeProcesses(layout, config);
        start(specs.containerd());
        specs.controlPlane().forEach(this::start);
        specs.agents().forEach(this::start);
        start(new ProcessSpec(
                "supervisor",
                JavaCommand.SUPERVISOR.with(List.of(
                        "--socket=" + layout.supervisorSocket(),
                        "--state=" + layout.supervisorState(),
                        "--specs=" + layout.supervisorSpecs())),
                Map.of(),
                layout.log("supervisor").toString(),
                ""));
        host.preparePauseImage();
        try (ApiServerProbe probe = new ApiServerProbe(layout)) {
            if (!Await.until(LIMIT, () -> probe.isWell(config.apiServer() + "/readyz"))) {
                throw new CliException("the API server did not start:\n" + LogTail.of(layout.log("apiserver")));
            }
        }
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            BootstrapTokens.register(client, token, LIMIT, "training");
            if (!NodeReadiness.await(client, NODE, LIMIT)) {
                throw new CliException("the node did not become Ready:\n" + LogTail.of(layout.log("kubelet")));
            }
            workload(client);
            start(new NodeProcesses(layout, config.withSimulatedNodes(SIMULATED_NODES)).simulatedNodes());
            simulatedPods(client);
        }
    }

    /// Pods that only simulated nodes take.
    private static void simulatedPods(ApiClient client) {
        for (int i = 0; i < SIMULATED_PODS; i++) {
            client.resource(PodKind.KIND)
                    .create(PodBuilder.builder()
                            .metadata(ObjectMetaBuilder.builder()
                                    .namespace("default")
                                    .name(NODE + "-" + i)
                                    .labels(Map.of("app", "simulated"))
                                    .build())
                            .spec(PodSpecBuilder.builder()
                                    .nodeSelector(Map.of("type", "simulated"))
                                    .containers(List.of(container()))
                                    .build())
                            .build());
        }
        ListOptions simulated = ListOptions.inNamespace("default").withLabelSelector("app=simulated");
        Await.until(
                LIMIT,
                () -> client.resource(PodKind.KIND).list(simulated).items().stream()
                        .allMatch(pod -> "Running".equals(pod.status().phase())));
        for (int i = 0; i < SIMULATED_PODS; i++) {
            client.resource(PodKind.KIND).delete("default", NODE + "-" + i, Deletion.defaults());
        }
        Await.until(
                LIMIT,
                () -> client.resource(PodKind.KIND).list(simulated).items().isEmpty());
    }

    private static void workload(ApiClient client) {
        client.resource(DeploymentKind.KIND).create(deployment());
        client.resource(ServiceKind.KIND)
                .create(ServiceBuilder.builder()
                        .apiVersion("v1")
                        .kind("Service")
                        .metadata(meta())
                        .spec(ServiceSpecBuilder.builder()
                                .selector(Map.of("app", NODE))
                                .ports(List.of(
                                        ServicePortBuilder.builder().port(80).build()))
                                .build())
                        .build());
        Await.until(LIMIT, () -> {
            Integer ready = client.resource(DeploymentKind.KIND)
                    .get("default", NODE)
                    .status()
                    .readyReplicas();
            return ready != null && ready == REPLICAS;
        });
        for (int i = 0; i < ROUNDS; i++) {
            client.resource(PodKind.KIND).list(ListOptions.inNamespace("default"));
        }
        client.resource(DeploymentKind.KIND).delete("default", NODE, Deletion.foreground());
        Await.until(
                LIMIT,
                () -> client.resource(PodKind.KIND)
                        .list(ListOptions.inNamespace("default"))
                        .items()
                        .isEmpty());
    }

    private static Deployment deployment() {
        return DeploymentBuilder.builder()
                .apiVersion("apps/v1")
                .kind("Deployment")
                .metadata(meta())
                .spec(DeploymentSpecBuilder.builder()
                        .replicas(REPLICAS)
                        .selector(LabelSelectorBuilder.builder()
                                .matchLabels(Map.of("app", NODE))
                                .build())
                        .template(PodTemplateSpecBuilder.builder()
                                .metadata(ObjectMetaBuilder.builder()
                                        .labels(Map.of("app", NODE))
                                        .build())
                                .spec(PodSpecBuilder.builder()
                                        .containers(List.of(container()))
                                        .build())
                                .build())
                        .build())
                .build();
    }

    private static Container container() {
        return ContainerBuilder.builder().name("c").image(PauseImage.REFERENCE).build();
    }

    private static ObjectMeta meta() {
        return ObjectMetaBuilder.builder().namespace("default").name(NODE).build();
    }

    private void start(ProcessSpec spec) {
        try {
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of(spec.log()).toFile());
            builder.environment().putAll(spec.environment());
            processes.add(builder.start());
        } catch (IOException e) {
            throw new CliException("cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    /// A process writes its cache at a normal end, for which SIGTERM will do.
    private void end() throws InterruptedException {
        processes.reversed().forEach(Process::destroy);
        for (Process process : processes) {
            if (!process.waitFor(DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CliException("a process did not write its AOT cache: "
                        + process.info().commandLine());
            }
        }
    }
}
