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
import io.gantry.cli.cluster.ClusterConfig;
import io.gantry.cli.cluster.ClusterLayout;
import io.gantry.cli.image.PauseImage;
import io.gantry.cli.supervisor.SupervisorClient;
import io.gantry.cli.supervisor.SupervisorRequest;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.Kubeconfig;
import io.gantry.client.ListOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the cluster does whose processes make their AOT caches. It runs in a process of its own: a
/// command's cache would hold all of this as well, and every class in it costs each start.
final class TrainingLife {
    private static final String NODE = AotTraining.NODE;
    private static final String INGRESS = "ingress";
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int REPLICAS = 3;
    private static final int ROUNDS = 30;
    private static final int SIMULATED_NODES = 2;
    private static final int SIMULATED_PODS = 100;

    private final ClusterLayout layout;
    private final SupervisorClient supervisor;

    private TrainingLife(ClusterLayout layout) {
        this.layout = layout;
        this.supervisor = new SupervisorClient(layout.supervisorSocket());
    }

    /// @param arguments the cluster's data directory
    public static void main(String[] arguments) {
        new TrainingLife(new ClusterLayout(Path.of(arguments[0]))).live();
    }

    private void live() {
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
}
