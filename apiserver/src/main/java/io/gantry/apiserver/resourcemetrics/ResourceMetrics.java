package io.gantry.apiserver.resourcemetrics;

import io.gantry.api.kind.KindDefinition;
import io.gantry.api.metrics.v1beta1.NodeMetricsKind;
import io.gantry.api.metrics.v1beta1.PodMetricsKind;
import io.gantry.apiserver.endpoint.Computed;
import io.gantry.apiserver.registry.ResourceStorage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/// The objects of `metrics.k8s.io/v1beta1`. Make one when somebody asks for the first time. Thread-safe.
public final class ResourceMetrics implements AutoCloseable {
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);
    private static final long FORGET_SECONDS = 60;

    private final KubeletSummary kubelets;
    private final NodeUsages usages;
    private final ScheduledExecutorService timer;
    private final Map<String, Computed> objects;
    private final AtomicBoolean forgetting = new AtomicBoolean();

    /// The kinds. Which of them are served here, and which by a server of an APIService, is decided by request.
    public static List<KindDefinition<?>> kinds() {
        return List.of(new NodeMetricsKind(), new PodMetricsKind());
    }

    /// @param nodes where Nodes are stored, `pods` where Pods are
    /// @param tls toward kubelets
    /// @param timer for what is short
    public ResourceMetrics(
            ResourceStorage nodes,
            ResourceStorage pods,
            SSLContext tls,
            InstantSource clock,
            ScheduledExecutorService timer) {
        this.timer = timer;
        kubelets = new KubeletSummary(tls);
        usages = new NodeUsages(kubelets::ask, clock, SECOND_LOOK);
        ClusterObjects cluster = new ClusterObjects(nodes, pods);
        ClusterUsage usage = new ClusterUsage(cluster, usages, clock, this::forgetLater);
        objects = Map.of(
                NodeMetricsKind.KIND.groupResource(), new NodeMetricsObjects(cluster, usage, clock),
                PodMetricsKind.KIND.groupResource(), new PodMetricsObjects(cluster, usage, clock));
    }

    /// The objects of one resource.
    ///
    /// @param groupResource of one of [#kinds]
    public Computed objects(String groupResource) {
        Computed found = objects.get(groupResource);
        if (found == null) {
            throw new IllegalArgumentException(groupResource);
        }
        return found;
    }

    /// What was asked of nodes is held for some minutes after the last question.
    private void forgetLater() {
        if (!usages.isEmpty() && forgetting.compareAndSet(false, true)) {
            timer.schedule(
                    () -> {
                        forgetting.set(false);
                        usages.forget();
                        forgetLater();
                    },
                    FORGET_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        kubelets.close();
    }
}
