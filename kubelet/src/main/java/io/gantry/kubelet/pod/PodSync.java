package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.schema.GoDurations;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.spec.PodFacts;
import io.gantry.kubelet.volume.VolumeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Carries out one plan of a running pod. One owner thread; remembers why containers wait.
final class PodSync {
    private static final Duration CRASH_FIRST = Duration.ofSeconds(10);
    private static final Duration CRASH_LONGEST = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration NETWORK_RETRY = Duration.ofSeconds(1);
    private static final Duration MOUNT_FIRST = Duration.ofMillis(500);
    private static final Duration MOUNT_LONGEST = Duration.ofMinutes(2);
    private static final Duration ATTACH_RETRY = Duration.ofMillis(250);
    private static final Duration VOLUME_PERIOD = Duration.ofSeconds(60);
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final PodContext context;
    private final ContainerStopper stopper;
    private final PodMailbox mailbox;
    private final ContainerStarter starter;
    private final PodResizer resizer;
    private final BackOff crashes = new BackOff(CRASH_FIRST, CRASH_LONGEST);
    private final Map<String, StartFailure> failures = new HashMap<>();
    private final Map<String, Instant> retries = new HashMap<>();
    /// Upstream's `VolumeAttachmentLimitExceededReason`.
    private static final String LIMIT_EXCEEDED = "VolumeAttachmentLimitExceeded";

    private final MountWait mounts = new MountWait();
    private Duration mountRetry = MOUNT_FIRST;
    private boolean newlyFailed;
    private Map<String, Path> volumes = Map.of();
    private Instant volumesDue = Instant.EPOCH;
    private String volumesFor = "";

    PodSync(PodContext context, ContainerStopper stopper, PodMailbox mailbox) {
        this.context = context;
        this.stopper = stopper;
        this.mailbox = mailbox;
        this.starter = new ContainerStarter(context, stopper, mailbox);
        this.resizer = new PodResizer(context);
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
        return Map.copyOf(failures);
    }

    /// @param actual what running containers have of CPU and memory, by name
    Result sync(Pod pod, ObservedPod observed, Map<String, ResourceRequirements> actual) {
        PodPlan plan = PodPlanner.plan(
                pod, observed, context.probers().results(PodIdentity.of(pod).uid()), effective(pod, actual));
        boolean whole = resizer.changesWhole(pod);
        boolean resized = !whole && plan.resizes().isEmpty() && plan.kills().isEmpty() && resizer.done(pod);
        if (plan.isEmpty() && !whole) {
            failures.clear();
            if (resized) {
                return new Result(true, Duration.ZERO);
            }
            return Result.waiting(refreshVolumes(pod, observed));
        }
        if (!plan.resets().isEmpty()) {
            plan.resets().forEach(container -> reset(pod, container));
            failures.clear();
            retries.clear();
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
        newlyFailed = false;
        List<PodContainer> due = plan.starts().stream()
                .filter(c -> plan.sandboxAttempt().isPresent() || !heldBack(pod, observed, c))
                .toList();
        boolean changed = plan.stopPod() || !plan.kills().isEmpty();
        if (due.isEmpty()) {
            return new Result(changed || newlyFailed, nextTry(observed, plan));
        }
        if (plan.sandboxAttempt().isPresent() && !networkReady(pod)) {
            return Result.waiting(NETWORK_RETRY);
        }
        if (!volumesReady(pod, observed)) {
            if (mounts.isWaiting()) {
                return Result.waiting(ATTACH_RETRY);
            }
            Duration pause = mountRetry;
            mountRetry = pause.compareTo(MOUNT_LONGEST) >= 0 ? MOUNT_LONGEST : pause.multipliedBy(2);
            return Result.waiting(pause);
        }
        mountRetry = MOUNT_FIRST;
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

    /// Whether the container waits for its back-off or for a retry; says so where it is new.
    private boolean heldBack(Pod pod, ObservedPod observed, PodContainer container) {
        Instant now = context.clock().instant();
        Optional<RuntimeContainer> ended = observed.lastEnded(container.name());
        StartFailure before = failures.get(container.name());
        if (ended.isPresent()) {
            String key = crashKey(container);
            Duration left = crashes.remaining(key, ended.get().finishedAt(), now);
            if (left.isPositive()) {
                if (before == null || !before.reason().equals("CrashLoopBackOff")) {
                    crashLoop(pod, container, crashes.delay(key));
                    newlyFailed = true;
                }
                return true;
            }
        }
        Instant tryAt = retries.get(container.name());
        return tryAt != null && now.isBefore(tryAt);
    }

    private static String crashKey(PodContainer container) {
        return container.name() + "_" + container.hash();
    }

    private void crashLoop(Pod pod, PodContainer container, Duration delay) {
        context.events()
                .warning(
                        pod,
                        container.fieldPath(),
                        "BackOff",
                        "Back-off restarting failed container " + container.name() + " in pod " + PodIdentity.of(pod));
        failures.put(
                container.name(),
                new StartFailure(
                        "CrashLoopBackOff",
                        "back-off " + GoDurations.text(delay) + " restarting failed container=" + container.name()
                                + " pod=" + PodIdentity.of(pod)));
    }

    private Duration nextTry(ObservedPod observed, PodPlan plan) {
        Instant now = context.clock().instant();
        Duration next = FOREVER;
        for (PodContainer container : plan.starts()) {
            Duration left = observed.lastEnded(container.name())
                    .map(c -> crashes.remaining(crashKey(container), c.finishedAt(), now))
                    .orElse(Duration.ZERO);
            Instant tryAt = retries.get(container.name());
            if (tryAt != null && now.plus(left).isBefore(tryAt)) {
                left = Duration.between(now, tryAt);
            }
            next = left.compareTo(next) < 0 ? left : next;
        }
        return next;
    }

    private boolean networkReady(Pod pod) {
        Optional<String> why = context.node().networkNotReady();
        if (why.isEmpty() || Boolean.TRUE.equals(pod.spec().hostNetwork())) {
            return true;
        }
        context.events().warning(pod, "NetworkNotReady", "network is not ready: " + why.get());
        return false;
    }

    private PodFacts facts(List<String> podIps) {
        return new PodFacts(podIps, context.node().addresses(), context.node().allocatable());
    }

    private static List<String> ips(Optional<Sandbox> sandbox) {
        return sandbox.map(Sandbox::ips).orElse(List.of());
    }

    private boolean volumesReady(Pod pod, ObservedPod observed) {
        try {
            volumes = context.files().setUp(pod, facts(ips(observed.newestSandbox())));
            volumesDue = context.clock().instant().plus(VOLUME_PERIOD);
            volumesFor = metadataKey(pod);
            mounts.done();
            return true;
        } catch (VolumeFailure failure) {
            mounts.failed(failure, context.clock().instant()).ifPresent(word -> tell(word, pod));
            return false;
        }
    }

    private void tell(MountWait.Word word, Pod pod) {
        switch (word) {
            case MountWait.Word.Trouble(String message) -> context.events().warning(pod, "FailedMount", message);
            case MountWait.Word.Rejection(String message) -> {
                context.events().warning(pod, LIMIT_EXCEEDED, message);
                mailbox.evict(new PodStatusPlan.Ending(LIMIT_EXCEEDED, "Pod was rejected: " + message));
            }
        }
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

    /// Writes volumes anew that follow API objects, where that is due; returns when it is next.
    private Duration refreshVolumes(Pod pod, ObservedPod observed) {
        boolean live = pod.spec().volumes().stream()
                .anyMatch(v -> v.configMap() != null
                        || v.secret() != null
                        || v.projected() != null
                        || v.downwardAPI() != null);
        if (!live && !context.files().refreshes(PodIdentity.of(pod).uid())) {
            return FOREVER;
        }
        boolean due = !context.clock().instant().isBefore(volumesDue)
                || !metadataKey(pod).equals(volumesFor);
        if (due && !volumesReady(pod, observed)) {
            return RETRY;
        }
        Duration left = Duration.between(context.clock().instant(), volumesDue);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private static String metadataKey(Pod pod) {
        return pod.metadata().labels() + "\n" + pod.metadata().annotations();
    }

    /// The sandbox that the containers start in, run anew where the plan says so; empty where it cannot be run.
    private Optional<ContainerStarter.Stage> stage(Pod pod, ObservedPod observed, PodPlan plan) {
        String cgroup = context.cgroups().create(pod);
        if (plan.sandboxAttempt().isEmpty()) {
            Sandbox sandbox = observed.readySandbox().orElseThrow();
            SandboxSpec spec = context.sandboxSpecs().of(pod, sandbox.attempt(), cgroup, "");
            return Optional.of(
                    new ContainerStarter.Stage(pod, observed, sandbox.id(), spec, facts(sandbox.ips()), volumes));
        }
        Optional<String> handler = runtimeHandler(pod);
        if (handler.isEmpty()) {
            return Optional.empty();
        }
        SandboxSpec spec = context.sandboxSpecs().of(pod, plan.sandboxAttempt().get(), cgroup, handler.get());
        try {
            context.files().createLogFolder(Path.of(spec.logDirectory()));
            String sandboxId = context.runtime().runSandbox(spec);
            Optional<Sandbox> sandbox = context.runtime().sandbox(sandboxId);
            List<String> ips = ips(sandbox);
            if (sandbox.isPresent() && !sandbox.get().hostNetwork()) {
                context.neighbours().learn(ips);
            }
            return Optional.of(new ContainerStarter.Stage(pod, observed, sandboxId, spec, facts(ips), volumes));
        } catch (RuntimeFailure | IOException failure) {
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
        Instant now = context.clock().instant();
        stage.observed()
                .lastEnded(container.name())
                .ifPresent(c -> crashes.next(crashKey(container), c.finishedAt(), now));
        try {
            starter.start(stage, container);
            failures.remove(container.name());
            retries.remove(container.name());
            prune(stage.observed(), container.name());
        } catch (StartFailure failure) {
            failures.put(container.name(), failure);
            Duration pull = container
                    .images(stage.pod())
                    .map(image -> context.images().remaining(stage.pod(), image))
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            boolean firstPullFailure = failure.reason().equals("ErrImagePull");
            Duration wait = firstPullFailure ? Duration.ofSeconds(1) : pull.isPositive() ? pull : RETRY;
            retries.put(container.name(), context.clock().instant().plus(wait));
        }
    }
}
