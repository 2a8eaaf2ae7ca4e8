package io.gantry.kubelet.simulated;

import io.gantry.api.core.v1.pod.ContainerState;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodIP;
import io.gantry.kubelet.pod.BackOff;
import io.gantry.kubelet.pod.ObservedPod;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.PodPlan;
import io.gantry.kubelet.pod.PodPlanner;
import io.gantry.kubelet.pod.ProbeResults;
import io.gantry.kubelet.pod.StartFailure;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The containers of one simulated pod on a clock: what the kubelet's own planner asks for happens at
/// once. No I/O; not thread-safe.
final class PodLife {
    private static final Duration CRASH_FIRST = Duration.ofSeconds(10);
    private static final Duration CRASH_LONGEST = Duration.ofMinutes(5);
    private static final int TERMINATED = 143;

    /// More rounds than a pod has containers to start one after another.
    private static final int MAX_ROUNDS = 64;

    private final PodIdentity id;
    private final Instant seen;
    private final Supplier<String> address;
    private ObservedPod observed = ObservedPod.NOTHING;
    private Map<String, StartFailure> failures = Map.of();
    private @Nullable BackOff crashes;
    private int sequence;

    /// What a step came to.
    ///
    /// @param wake when the next one is due if nothing happens before
    record Step(
            ObservedPod observed,
            ProbeResults probes,
            Map<String, StartFailure> failures,
            boolean terminal,
            Optional<Instant> wake) {}

    /// @param address gives the pod's address when its sandbox starts
    PodLife(Pod pod, Instant seen, Supplier<String> address) {
        this.id = PodIdentity.of(pod);
        this.seen = seen;
        this.address = address;
        adopt(pod);
    }

    /// Takes over what an earlier process said of the pod, so that its restart restarts no container.
    private void adopt(Pod pod) {
        List<String> ips = pod.status().podIPs().stream().map(PodIP::ip).toList();
        List<RuntimeContainer> known = new ArrayList<>();
        List<ContainerStatus> statuses = new ArrayList<>(pod.status().containerStatuses());
        statuses.addAll(pod.status().initContainerStatuses());
        for (ContainerStatus status : statuses) {
            ContainerState state = status.state();
            Optional<PodContainer> container = PodContainer.find(pod, status.name());
            if (state == null || container.isEmpty()) {
                continue;
            }
            if (state.running() != null && state.running().startedAt() != null) {
                known.add(container(
                        container.get(), status.restartCount(), state.running().startedAt()));
            } else if (state.terminated() != null && state.terminated().finishedAt() != null) {
                RuntimeContainer ended = container(container.get(), status.restartCount(), seen);
                known.add(exited(
                        ended,
                        state.terminated().finishedAt(),
                        state.terminated().exitCode()));
            }
        }
        if (!known.isEmpty()) {
            boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
            observed = new ObservedPod(List.of(sandbox(0, hostNetwork ? List.of() : ips, hostNetwork)), known);
        }
    }

    /// Whether another life could take over from the pod's status alone and lose nothing: no restart waits.
    boolean isQuiet() {
        return crashes == null
                && failures.isEmpty()
                && observed.containers().stream().allMatch(c -> c.attempt() == 0);
    }

    /// Brings the pod to where it should be now.
    Step run(Pod pod, Instant now) {
        Script script = Script.of(pod);
        Instant start = seen.plus(script.startDelay());
        if (observed.sandboxes().isEmpty() && now.isBefore(start)) {
            return new Step(observed, ProbeResults.NONE, Map.of(), false, Optional.of(start));
        }
        failures = new HashMap<>();
        boolean terminal = false;
        boolean moved = true;
        for (int round = 0; moved && !terminal && round < MAX_ROUNDS; round++) {
            endLives(pod, script, now);
            PodPlan plan = PodPlanner.plan(pod, observed, probes(pod, script, now));
            terminal = plan.stopPod() && plan.sandboxAttempt().isEmpty();
            if (plan.stopPod()) {
                stop(now);
            }
            moved = apply(pod, script, plan, now);
        }
        return new Step(observed, probes(pod, script, now), failures, terminal, wake(pod, script, now));
    }

    /// Ends everything, once its time to stop is over.
    Step end(Pod pod, Instant asked, Duration grace, Instant now) {
        Duration delay = Script.of(pod).stopDelay();
        Instant end = asked.plus(delay.compareTo(grace) < 0 ? delay : grace);
        if (delay.isPositive() && now.isBefore(end) && !observed.running().isEmpty()) {
            return new Step(observed, probes(pod, Script.of(pod), now), failures, false, Optional.of(end));
        }
        stop(now);
        return new Step(observed, ProbeResults.NONE, Map.of(), true, Optional.empty());
    }

    private boolean apply(Pod pod, Script script, PodPlan plan, Instant now) {
        boolean moved = false;
        if (plan.sandboxAttempt().isPresent()) {
            boolean hostNetwork = Boolean.TRUE.equals(pod.spec().hostNetwork());
            List<String> ips = hostNetwork ? List.of() : List.of(address.get());
            observed = new ObservedPod(
                    List.of(sandbox(plan.sandboxAttempt().get(), ips, hostNetwork)), observed.containers());
            moved = true;
        }
        for (PodPlan.Kill kill : plan.kills()) {
            replace(kill.container(), exited(kill.container(), now, TERMINATED));
            moved = true;
        }
        for (PodContainer container : plan.starts()) {
            moved |= start(script, container, now);
        }
        return moved;
    }

    private boolean start(Script script, PodContainer container, Instant now) {
        Optional<String> waiting = script.waiting(container);
        if (waiting.isPresent()) {
            failures.put(container.name(), new StartFailure(waiting.get(), "simulated"));
            return false;
        }
        Optional<RuntimeContainer> latest = observed.latest(container.name());
        int attempt = latest.map(l -> l.attempt() + 1).orElse(0);
        if (latest.isPresent() && backedOff(container, latest.get(), now)) {
            return false;
        }
        List<RuntimeContainer> kept = new ArrayList<>();
        kept.add(container(container, attempt, now));
        latest.ifPresent(kept::add);
        observed.containers().stream()
                .filter(c -> !c.name().equals(container.name()))
                .forEach(kept::add);
        observed = new ObservedPod(observed.sandboxes(), kept);
        return true;
    }

    /// The first restart is at once, then after ever longer waits.
    private boolean backedOff(PodContainer container, RuntimeContainer latest, Instant now) {
        BackOff waits = crashes == null ? new BackOff(CRASH_FIRST, CRASH_LONGEST) : crashes;
        crashes = waits;
        if (waits.remaining(container.name(), latest.finishedAt(), now).isPositive()) {
            failures.put(
                    container.name(),
                    new StartFailure(
                            "CrashLoopBackOff",
                            "back-off "
                                    + waits.delay(container.name()).toSeconds() + "s restarting failed container="
                                    + container.name() + " pod=" + id));
            return true;
        }
        waits.next(container.name(), latest.finishedAt(), now);
        return false;
    }

    private void endLives(Pod pod, Script script, Instant now) {
        for (RuntimeContainer running : observed.running()) {
            Optional<PodContainer> container = PodContainer.find(pod, running.name());
            Optional<Duration> life = container.flatMap(script::life);
            if (life.isPresent() && !now.isBefore(running.startedAt().plus(life.get()))) {
                replace(
                        running,
                        exited(
                                running,
                                running.startedAt().plus(life.get()),
                                script.exitCode(container.get(), running.attempt())));
            }
        }
    }

    private void stop(Instant now) {
        for (RuntimeContainer running : observed.running()) {
            replace(running, exited(running, now, TERMINATED));
        }
    }

    private void replace(RuntimeContainer old, RuntimeContainer fresh) {
        observed = new ObservedPod(
                observed.sandboxes(),
                observed.containers().stream()
                        .map(c -> c.id().equals(old.id()) ? fresh : c)
                        .toList());
    }

    private ProbeResults probes(Pod pod, Script script, Instant now) {
        Map<String, ProbeResults.Results> results = new HashMap<>();
        for (RuntimeContainer running : observed.running()) {
            Optional<PodContainer> container =
                    PodContainer.find(pod, running.name()).filter(PodLife::probed);
            if (container.isPresent()) {
                boolean ready = script.readyDelay(container.get())
                        .filter(delay -> !now.isBefore(running.startedAt().plus(delay)))
                        .isPresent();
                results.put(
                        running.id(),
                        new ProbeResults.Results(
                                ProbeResults.Result.SUCCESS,
                                ProbeResults.Result.SUCCESS,
                                ready ? ProbeResults.Result.SUCCESS : ProbeResults.Result.FAILURE));
            }
        }
        return results.isEmpty() ? ProbeResults.NONE : new ProbeResults(results);
    }

    private static boolean probed(PodContainer container) {
        return container.spec().readinessProbe() != null
                || container.spec().startupProbe() != null
                || container.spec().livenessProbe() != null;
    }

    private Optional<Instant> wake(Pod pod, Script script, Instant now) {
        List<Instant> times = new ArrayList<>();
        for (RuntimeContainer running : observed.running()) {
            PodContainer.find(pod, running.name()).ifPresent(container -> {
                script.life(container)
                        .ifPresent(life -> times.add(running.startedAt().plus(life)));
                script.readyDelay(container)
                        .filter(Duration::isPositive)
                        .ifPresent(delay -> times.add(running.startedAt().plus(delay)));
            });
        }
        BackOff waits = crashes;
        if (waits != null) {
            failures.keySet()
                    .forEach(name -> observed.latest(name)
                            .map(latest -> waits.remaining(name, latest.finishedAt(), now))
                            .filter(Duration::isPositive)
                            .ifPresent(left -> times.add(now.plus(left))));
        }
        return times.stream().filter(now::isBefore).min(Instant::compareTo);
    }

    private RuntimeContainer container(PodContainer container, int attempt, Instant now) {
        return new RuntimeContainer(
                nextId(),
                sandboxId(),
                id,
                container.name(),
                attempt,
                RunState.RUNNING,
                now,
                now,
                Instant.EPOCH,
                0,
                "",
                "",
                container.spec().image() == null ? "" : container.spec().image(),
                "simulated",
                "",
                List.of(),
                Map.of(RuntimeLabels.HASH, container.hash()));
    }

    private static RuntimeContainer exited(RuntimeContainer c, Instant at, int code) {
        return new RuntimeContainer(
                c.id(),
                c.sandboxId(),
                c.pod(),
                c.name(),
                c.attempt(),
                RunState.EXITED,
                c.createdAt(),
                c.startedAt(),
                at,
                code,
                code == 0 ? "Completed" : "Error",
                "",
                c.image(),
                c.imageRef(),
                "",
                List.of(),
                c.annotations());
    }

    private Sandbox sandbox(int attempt, List<String> ips, boolean hostNetwork) {
        return new Sandbox(sandboxId(), id, attempt, true, seen, ips, hostNetwork, Map.of(), Map.of());
    }

    private String sandboxId() {
        return id.uid();
    }

    private String nextId() {
        return id.uid() + "-" + sequence++;
    }
}
