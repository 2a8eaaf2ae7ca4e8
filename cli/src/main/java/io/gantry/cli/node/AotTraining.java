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
import io.gantry.api.networking.v1.ingress.IngressBackend;
import io.gantry.api.networking.v1.ingress.IngressBuilder;
import io.gantry.api.networking.v1.ingress.IngressKind;
import io.gantry.api.networking.v1.ingress.IngressServiceBackend;
import io.gantry.api.networking.v1.ingress.IngressSpecBuilder;
import io.gantry.api.networking.v1.ingress.ServiceBackendPort;
import io.gantry.cli.CliException;
import io.gantry.cli.Progress;
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.host.Command;
import io.gantry.cli.image.PauseImage;
import io.gantry.cli.supervisor.Supervisor;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.cli.supervisor.SupervisorRequest;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ListOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A small life of a cluster that `up` made, with real containers of the pause image, at whose end each process writes
/// its AOT cache: what a cache is good for is what was done while it was made. Needs root, the host's packages and a
/// network namespace of its own.
public final class AotTraining implements AutoCloseable {
    private static final String ADDRESS = "198.18.0.1";
    private static final String NODE = "training";
    private static final String INGRESS = "ingress";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration DUMP_LIMIT = Duration.ofSeconds(120);
    private static final int REPLICAS = 3;
    private static final int ROUNDS = 30;
    private static final int SIMULATED_NODES = 2;
    private static final int SIMULATED_PODS = 100;

    private final ClusterLayout layout;
    private final SupervisorClient supervisor;

    private AotTraining(ClusterLayout layout) {
        this.layout = layout;
        this.supervisor = new SupervisorClient(layout.supervisorSocket());
    }

    /// Makes room for a cluster; what is started from now on replaces its cache when it ends.
    public static AotTraining prepare() throws IOException {
        Command.must(10, "ip", "link", "set", "lo", "up");
        Command.must(10, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "cable");
        Command.must(10, "ip", "link", "set", "cable", "up");
        Command.must(10, "ip", "addr", "add", ADDRESS + "/24", "dev", "eth0");
        Command.must(10, "ip", "link", "set", "eth0", "up");
        Path data = Files.createTempDirectory("gantry-training");
        System.setProperty(
                "user.home", data.toString()); // the user's own kubeconfig is none of this cluster's business
        System.setProperty(JavaCommand.TRAINING, "true");
        Files.createDirectories(JavaCommand.APISERVER.aotCache().getParent());
        return new AotTraining(new ClusterLayout(data));
    }

    /// What `up` is told.
    public List<String> upArguments() {
        return List.of("--data-dir", layout.data().toString(), "--node-name", NODE, "--node-ip", ADDRESS);
    }

    /// What `status` is told.
    public List<String> statusArguments() {
        return List.of("--data-dir", layout.data().toString());
    }

    /// Lets the cluster do what clusters do.
    public void live() {
        ClusterConfig config = ClusterConfig.load(layout.config())
                .orElseThrow(() -> new CliException("`up` left no " + layout.config()));
        try (ApiClient client = ApiClient.connect(Kubeconfig.load(layout.adminKubeconfig()))) {
            workload(client);
            ingress(client, new NodeProcesses(layout, config));
            supervisor.must(SupervisorRequest.start(
                    List.of(new NodeProcesses(layout, config.withSimulatedNodes(SIMULATED_NODES)).simulatedNodes())));
            simulatedPods(client);
        }
    }

    /// The process that serves Ingresses starts with the first one.
    private void ingress(ApiClient client, NodeProcesses processes) {
        client.resource(IngressKind.KIND)
                .create(IngressBuilder.builder()
                        .apiVersion("networking.k8s.io/v1")
                        .kind("Ingress")
                        .metadata(meta())
                        .spec(IngressSpecBuilder.builder()
                                .defaultBackend(new IngressBackend(
                                        new IngressServiceBackend(NODE, new ServiceBackendPort(null, 80)), null))
                                .build())
                        .build());
        String health = processes.agents().stream()
                .filter(spec -> spec.name().equals(INGRESS))
                .findFirst()
                .orElseThrow()
                .health();
        try (ApiServerProbe probe = new ApiServerProbe(layout)) {
            if (!Await.until(LIMIT, () -> probe.isWell(health))) {
                throw new CliException("ingress did not start:\n" + LogTail.of(layout.log(INGRESS)));
            }
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

    /// A process writes its cache at a normal end, for which SIGTERM will do: the supervisor first, which would
    /// start the others again.
    @Override
    public void close() throws IOException, InterruptedException {
        end(NodeStatus.supervisorPid(layout).flatMap(ProcessHandle::of).stream().toList());
        end(Supervisor.survivors(layout.supervisorState()).stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(AotTraining::isOurs)
                .toList());
        new NodeStop(layout, new Progress(System.out)).run(true);
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private static void end(List<ProcessHandle> processes) throws InterruptedException {
        processes.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : processes) {
            try {
                process.onExit().get(DUMP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException e) {
                process.destroyForcibly();
                throw new CliException(
                        "a process did not write its AOT cache: "
                                + process.info().commandLine(),
                        e);
            }
        }
    }
}
