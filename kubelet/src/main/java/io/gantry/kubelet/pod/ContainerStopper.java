package io.gantry.kubelet.pod;

import io.gantry.api.Json;
import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerBuilder;
import io.gantry.api.core.v1.pod.LifecycleBuilder;
import io.gantry.api.core.v1.pod.LifecycleHandler;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// Stops containers with their hooks and grace (upstream `kuberuntime_container.go`, killContainer). Thread-safe.
final class ContainerStopper {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerStopper.class);

    private final PodContext context;

    ContainerStopper(PodContext context) {
        this.context = context;
    }

    /// Runs the preStop hook, then stops; blocks until the container is dead.
    void stop(Pod pod, PodContainer container, String id, String message, Duration grace, String podIp) {
        Instant deadline = context.clock().instant().plus(grace);
        tell(pod, container, id, message, grace, podIp);
        stopBy(id, deadline);
    }

    /// Says that the container ends, to users and by its preStop hook to itself.
    private void tell(Pod pod, PodContainer container, String id, String message, Duration grace, String podIp) {
        String shown = message.isEmpty() ? "Stopping container " + container.name() : message;
        context.events().normal(pod, container.fieldPath(), "Killing", shown);
        var lifecycle = container.spec().lifecycle();
        LifecycleHandler hook = lifecycle == null ? null : lifecycle.preStop();
        if (hook != null && grace.isPositive()) {
            preStop(pod, container, id, hook, grace, podIp);
        }
    }

    private void stopBy(String id, Instant deadline) {
        Duration left = left(deadline);
        context.runtime().stopContainer(id, left.compareTo(Grace.MINIMUM) < 0 ? Grace.MINIMUM : left);
    }

    private Duration left(Instant deadline) {
        return Duration.between(context.clock().instant(), deadline);
    }

    private void preStop(
            Pod pod, PodContainer container, String id, LifecycleHandler hook, Duration grace, String podIp) {
        try {
            context.hooks().run(hook, container.spec(), id, podIp, grace);
        } catch (Hooks.HookFailure failure) {
            // What the hook said is not told in an event: it could be a secret.
            LOG.debug("preStop hook of container {}: {}", id, failure.getMessage());
            context.events().warning(pod, container.fieldPath(), "FailedPreStopHook", "PreStopHook failed");
        }
    }

    /// Stops everything that runs: the hooks of all at once, then sidecars after the others in reverse order. Blocks.
    ///
    /// @throws RuntimeException the first failure, after all were tried
    void stopAll(Pod pod, ObservedPod observed, Duration grace) {
        Instant deadline = context.clock().instant().plus(grace);
        Map<String, PodContainer> specs = new ConcurrentHashMap<>();
        PodContainer.all(pod).forEach(c -> specs.put(c.name(), c));
        List<RuntimeContainer> running = observed.running();
        TerminationOrder order = TerminationOrder.of(
                pod, running.stream().map(RuntimeContainer::name).toList());
        String ip = observed.newestSandbox()
                .flatMap(s -> s.ips().stream().findFirst())
                .orElse("");
        together(running, c -> {
            try {
                tell(pod, spec(specs, c), c.id(), "", grace, ip);
                awaitTurn(order, c, deadline);
                stopBy(c.id(), deadline);
            } finally {
                order.stopped(c.name());
            }
        });
    }

    private void awaitTurn(TerminationOrder order, RuntimeContainer container, Instant deadline) {
        try {
            if (!order.await(container.name(), left(deadline))) {
                LOG.debug("container {} is stopped before its turn: its grace has passed", container.id());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Kills what still runs, without hooks.
    void kill(ObservedPod observed, Duration grace) {
        together(
                observed.running(),
                c -> context.runtime()
                        .stopContainer(c.id(), grace.compareTo(Grace.MINIMUM) < 0 ? Grace.MINIMUM : grace));
    }

    private interface Stop {
        void run(RuntimeContainer container);
    }

    private static void together(List<RuntimeContainer> containers, Stop stop) {
        List<RuntimeException> failures = new CopyOnWriteArrayList<>();
        List<Thread> threads = containers.stream()
                .map(c -> Thread.ofVirtual().name("stop-" + c.name()).start(() -> {
                    try {
                        stop.run(c);
                    } catch (RuntimeException failure) {
                        failures.add(failure);
                    }
                }))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// The spec, or what the container's annotations tell of it where the pod's is gone.
    private static PodContainer spec(Map<String, PodContainer> specs, RuntimeContainer container) {
        PodContainer known = specs.get(container.name());
        if (known != null) {
            return known;
        }
        Container restored = ContainerBuilder.builder().name(container.name()).build();
        String hook = container.annotations().get(RuntimeLabels.PRE_STOP_HANDLER);
        if (hook != null) {
            try {
                LifecycleHandler handler = Json.MAPPER.readValue(hook, LifecycleHandler.class);
                restored = ContainerBuilder.builder(restored)
                        .lifecycle(LifecycleBuilder.builder().preStop(handler).build())
                        .build();
            } catch (JacksonException malformed) {
                LOG.warn("preStop hook of container {} is not readable", container.id(), malformed);
            }
        }
        return new PodContainer(restored, PodContainer.Role.REGULAR, "");
    }
}
