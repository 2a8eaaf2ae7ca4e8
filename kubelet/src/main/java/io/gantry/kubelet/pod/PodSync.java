package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.spec.SpecFailure;
import io.gantry.kubelet.spec.UserNamespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Carries out one plan of a running pod. One owner thread; remembers why containers wait.
final class PodSync {
    static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration NETWORK_RETRY = Duration.ofSeconds(1);
    static final Duration FOREVER = Duration.ofDays(3650);

    private final PodContext context;
    private final ContainerStopper stopper;
    private final PodMailbox mailbox;
    private final ContainerStarter starter;
    private final PodResizer resizer;
    private final ContainerWaits waits;
    private final PodVolumes volumes;

    PodSync(PodContext context, ContainerStopper stopper, PodMailbox mailbox) {
        this.context = context;
        this.stopper = stopper;
        this.mailbox = mailbox;
        this.starter = new ContainerStarter(context, stopper, mailbox);
        this.resizer = new PodResizer(context);
        this.waits = new ContainerWaits(context);
        this.volumes = new PodVolumes(context, mailbox);
    }

    PodResizer resizer() {
        return resizer;
    }

    /// When to come back: at once where something was changed.
    record Result(boolean changed, Duration pause) {
        Instant again(Instant now) {
            return changed ? now : now.plus(pause);
        }

        static Result waiting(Duration wait) {
            return new Result(false, wait);
        }
    }

    /// Why containers wait, by name.
    Map<String, StartFailure> failures() {
        return waits.failures();
    }

    /// @param actual what running containers have of CPU and memory, by name
    Result sync(Pod pod, ObservedPod observed, Map<String, ResourceRequirements> actual) {
        PodPlan plan = PodPlanner.plan(
                pod, observed, context.probers().results(PodIdentity.of(pod).uid()), effective(pod, actual));
        boolean whole = resizer.changesWhole(pod);
        boolean resized = !whole && plan.resizes().isEmpty() && plan.kills().isEmpty() && resizer.done(pod);
        if (plan.isEmpty() && !whole) {
            waits.none();
            if (resized) {
                return new Result(true, Duration.ZERO);
            }
            return Result.waiting(volumes.refresh(pod, observed));
        }
        if (!plan.resets().isEmpty()) {
            plan.resets().forEach(container -> reset(pod, container));
            waits.restart();
            return new Result(true, Duration.ZERO);
        }
        if (plan.stopPod()) {
            stopEverything(pod, observed, plan);
            if (plan.sandboxAttempt().isEmpty()) {
                return new Result(true, Duration.ZERO);
            }
        }
        for (PodPlan.Kill kill : plan.kills()) {
            kill(pod, kill, observed);
        }
        Result resize =
                plan.resizes().isEmpty() && !whole ? Result.waiting(FOREVER) : resizer.resize(pod, plan.resizes());
        if (plan.starts().isEmpty()) {
            return new Result(!plan.kills().isEmpty() || resize.changed(), resize.pause());
        }
        return start(pod, observed, plan);
    }

    private Map<String, ResourceRequirements> effective(Pod pod, Map<String, ResourceRequirements> actual) {
        Optional<ResourceRequirements> whole = resizer.whole(pod);
        Map<String, ResourceRequirements> effective = new HashMap<>();
        actual.forEach((name, resources) -> effective.put(name, Allocation.effective(whole, resources)));
        return effective;
    }

    private void stopEverything(Pod pod, ObservedPod observed, PodPlan plan) {
        if (plan.sandboxAttempt().isPresent() && observed.newestSandbox().isPresent()) {
            context.events().normal(pod, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
        }
        stopper.stopAll(pod, observed, Grace.of(pod));
        observed.sandboxes().stream()
                .filter(Sandbox::ready)
                .forEach(sandbox -> context.runtime().stopSandbox(sandbox.id()));
        observed.sandboxes().stream().skip(1).forEach(sandbox -> removeIfEmpty(sandbox, observed));
        observed.newestSandbox()
                .filter(s -> !s.ready())
                .ifPresent(s -> context.runtime().stopSandbox(s.id()));
    }

    private void removeIfEmpty(Sandbox sandbox, ObservedPod observed) {
        if (observed.containers().stream().noneMatch(c -> c.sandboxId().equals(sandbox.id()))) {
            context.runtime().removeSandbox(sandbox.id());
        }
    }

    /// Kills without grace and removes; the log stays.
    private void reset(Pod pod, RuntimeContainer container) {
        if (container.state() != RunState.EXITED) {
            String path = PodContainer.find(pod, container.name()).orElseThrow().fieldPath();
            context.events().normal(pod, path, "Killing", "killing");
            context.runtime().stopContainer(container.id(), Duration.ZERO);
        }
        context.runtime().removeContainer(container.id());
    }

    private void kill(Pod pod, PodPlan.Kill kill, ObservedPod observed) {
        PodContainer container = PodContainer.find(pod, kill.container().name()).orElseThrow();
        String ip = observed.newestSandbox()
                .flatMap(s -> s.ips().stream().findFirst())
                .orElse("");
        Duration grace = Grace.of(pod, container, kill.reason());
        stopper.stop(pod, container, kill.container().id(), kill.message(), grace, ip);
    }

    private Result start(Pod pod, ObservedPod observed, PodPlan plan) {
        Map<String, StartFailure> before = waits.failures();
        List<PodContainer> due = plan.starts().stream()
                .filter(c -> plan.sandboxAttempt().isPresent() || !waits.holdBack(pod, observed, c))
                .toList();
        boolean changed = plan.stopPod() || !plan.kills().isEmpty();
        if (due.isEmpty()) {
            boolean told = !before.equals(waits.failures());
            return new Result(changed || told, pause(pod, observed, plan));
        }
        if (plan.sandboxAttempt().isPresent() && !networkReady(pod)) {
            return Result.waiting(NETWORK_RETRY);
        }
        Optional<Duration> pause = volumes.await(pod, observed);
        if (pause.isPresent()) {
            return Result.waiting(pause.get());
        }
        if (plan.sandboxAttempt().isPresent() && !devicesReady(pod)) {
            return Result.waiting(RETRY);
        }
        Optional<ContainerStarter.Stage> stage = stage(pod, observed, plan);
        if (stage.isEmpty()) {
            return Result.waiting(Duration.ofSeconds(2));
        }
        for (PodContainer container : due) {
            if (mailbox.ending()) {
                break;
            }
            startOne(stage.get(), container);
        }
        return new Result(true, Duration.ZERO);
    }

    /// While containers wait to be started, the others go on reading their volumes.
    private Duration pause(Pod pod, ObservedPod observed, PodPlan plan) {
        Duration next = waits.nextTry(observed, plan.starts());
        Duration refreshed = volumes.refresh(pod, observed);
        return next.compareTo(refreshed) < 0 ? next : refreshed;
    }

    private boolean networkReady(Pod pod) {
        Optional<String> why = context.node().networkNotReady();
        if (why.isEmpty() || Boolean.TRUE.equals(pod.spec().hostNetwork())) {
            return true;
        }
        context.events().warning(pod, "NetworkNotReady", "network is not ready: " + why.get());
        return false;
    }

    private static List<String> ips(Optional<Sandbox> sandbox) {
        return sandbox.map(Sandbox::ips).orElse(List.of());
    }

    private boolean devicesReady(Pod pod) {
        try {
            context.devices().prepare(pod);
            return true;
        } catch (DevicesFailure | UncheckedIOException failure) {
            context.events()
                    .warning(
                            pod,
                            "FailedPrepareDynamicResources",
                            "Failed to prepare dynamic resources: " + failure.getMessage());
            return false;
        }
    }

    /// The sandbox that the containers start in, run anew where the plan says so; empty where it cannot be run.
    private Optional<ContainerStarter.Stage> stage(Pod pod, ObservedPod observed, PodPlan plan) {
        String cgroup = context.cgroups().create(pod);
        if (plan.sandboxAttempt().isEmpty()) {
            Sandbox sandbox = observed.readySandbox().orElseThrow();
            SandboxSpec spec = context.sandboxSpecs().of(pod, sandbox.attempt(), cgroup, "");
            return Optional.of(new ContainerStarter.Stage(
                    pod, observed, sandbox.id(), spec, context.facts(sandbox.ips()), volumes.paths()));
        }
        Optional<String> handler = runtimeHandler(pod);
        if (handler.isEmpty()) {
            return Optional.empty();
        }
        SandboxSpec spec = context.sandboxSpecs().of(pod, plan.sandboxAttempt().get(), cgroup, handler.get());
        try {
            UserNamespaces.requireNone(pod, handler.get());
            context.files().createLogFolder(Path.of(spec.logDirectory()));
            String sandboxId = context.runtime().runSandbox(spec);
            Optional<Sandbox> sandbox = context.runtime().sandbox(sandboxId);
            List<String> ips = ips(sandbox);
            if (sandbox.isPresent() && !sandbox.get().hostNetwork()) {
                context.neighbours().learn(ips);
            }
            return Optional.of(
                    new ContainerStarter.Stage(pod, observed, sandboxId, spec, context.facts(ips), volumes.paths()));
        } catch (RuntimeFailure | SpecFailure | IOException failure) {
            String why = Objects.requireNonNullElse(failure.getMessage(), "");
            context.events().warning(pod, "FailedCreatePodSandBox", "Failed to create pod sandbox: " + why);
            return Optional.empty();
        }
    }

    /// The runtime's handler for the pod; empty where its RuntimeClass is gone.
    private Optional<String> runtimeHandler(Pod pod) {
        String name = pod.spec().runtimeClassName();
        if (name == null || name.isEmpty()) {
            return Optional.of("");
        }
        Optional<String> handler = context.cluster().runtimeHandler(name);
        if (handler.isEmpty()) {
            context.events()
                    .warning(
                            pod,
                            "FailedCreatePodSandBox",
                            "Failed to create pod sandbox: failed to get sandbox runtime: RuntimeClass \"" + name
                                    + "\" not found");
        }
        return handler;
    }

    /// Of the dead only the last one is kept, for its logs and its state.
    private void prune(ObservedPod observed, String name) {
        observed.containers().stream()
                .filter(c -> c.name().equals(name) && c.state() == RunState.EXITED)
                .skip(1)
                .forEach(old -> {
                    context.runtime().removeContainer(old.id());
                    context.files().removeLog(old.logPath());
                });
    }

    private void startOne(ContainerStarter.Stage stage, PodContainer container) {
        waits.begin(stage.observed(), container);
        try {
            starter.start(stage, container);
            waits.started(container);
            prune(stage.observed(), container.name());
        } catch (StartFailure failure) {
            waits.failed(stage.pod(), container, failure);
        }
    }
}
