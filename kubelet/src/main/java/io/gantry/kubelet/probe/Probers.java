package io.gantry.kubelet.probe;

import io.gantry.api.core.v1.pod.Container;
import io.gantry.api.core.v1.pod.ContainerStatus;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.Probe;
import io.gantry.component.Counts;
import io.gantry.kubelet.cluster.PodEvents;
import io.gantry.kubelet.pod.ObservedPod;
import io.gantry.kubelet.pod.PodContainer;
import io.gantry.kubelet.pod.ProbeResults;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.RuntimeContainer;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The probe workers of all pods: one for each probe of each running container. Thread-safe.
public final class Probers {
    private final ContainerRuntime runtime;
    private final PodEvents events;
    private final Clock clock;
    private final Map<String, Map<ProbeKey, ProbeWorker>> byPod = new ConcurrentHashMap<>();

    public Probers(ContainerRuntime runtime, PodEvents events, Clock clock) {
        this.runtime = runtime;
        this.events = events;
        this.clock = clock;
    }

    /// Starts workers for containers that run, ends those of containers that do not.
    ///
    /// @param onlyReadiness the pod is on its way out: nothing is to be restarted any more
    /// @param changed called when a result changed
    public synchronized void follow(Pod pod, ObservedPod observed, boolean onlyReadiness, Runnable changed) {
        String uid = PodIdentity.of(pod).uid();
        Map<ProbeKey, ProbeWorker> workers = byPod.computeIfAbsent(uid, k -> new HashMap<>());
        Set<ProbeKey> wanted = new HashSet<>();
        for (PodContainer container : PodContainer.all(pod)) {
            Optional<RuntimeContainer> running =
                    observed.latest(container.name()).filter(RuntimeContainer::running);
            if (running.isEmpty() || container.role() == PodContainer.Role.INIT) {
                continue;
            }
            for (ProbeKind kind : ProbeKind.values()) {
                Probe probe = kind.of(container.spec());
                if (probe == null) {
                    continue;
                }
                ProbeKey key = new ProbeKey(running.get().id(), kind);
                wanted.add(key);
                if (onlyReadiness && kind != ProbeKind.READINESS) {
                    Optional.ofNullable(workers.get(key)).ifPresent(ProbeWorker::rest);
                    continue;
                }
                workers.computeIfAbsent(key, k -> start(pod, container, running.get(), observed, k, probe, changed));
            }
        }
        workers.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().close();
            return true;
        });
    }

    private ProbeWorker start(
            Pod pod,
            PodContainer container,
            RuntimeContainer running,
            ObservedPod observed,
            ProbeKey key,
            Probe probe,
            Runnable changed) {
        String podIp = observed.newestSandbox()
                .flatMap(s -> s.ips().stream().findFirst())
                .orElse(pod.status().podIP() == null ? "" : pod.status().podIP());
        Check check = Checks.of(runtime, probe, container.spec(), running.id(), podIp);
        ProbeResults.Result initial = initial(pod, container.spec(), running.id(), key.kind());
        ProbeWorker worker = new ProbeWorker(
                new ProbeWorker.Subject(pod, container, running.id(), running.startedAt()),
                key.kind(),
                probe,
                check,
                initial,
                () -> startedFor(pod, container.spec(), key),
                events,
                clock,
                changed);
        worker.start();
        return worker;
    }

    /// What the API was last told of the same container holds after a restart of the kubelet until a probe says else.
    private static ProbeResults.Result initial(Pod pod, Container container, String id, ProbeKind kind) {
        Optional<ContainerStatus> known = Stream.of(
                        pod.status().containerStatuses(), pod.status().initContainerStatuses())
                .flatMap(List::stream)
                .filter(s -> s.name().equals(container.name())
                        && s.containerID() != null
                        && s.containerID().endsWith("://" + id))
                .findFirst();
        return switch (kind) {
            case STARTUP ->
                known.filter(s -> Boolean.TRUE.equals(s.started())).isPresent()
                        ? ProbeResults.Result.SUCCESS
                        : ProbeResults.Result.UNKNOWN;
            case LIVENESS -> ProbeResults.Result.SUCCESS;
            case READINESS ->
                known.filter(ContainerStatus::ready).isPresent()
                        ? ProbeResults.Result.SUCCESS
                        : ProbeResults.Result.FAILURE;
        };
    }

    private boolean startedFor(Pod pod, Container container, ProbeKey key) {
        return key.kind() == ProbeKind.STARTUP
                || results(PodIdentity.of(pod).uid()).started(container, key.containerId());
    }

    /// The latest results of a pod's probes.
    public synchronized ProbeResults results(String podUid) {
        Map<String, ProbeResults.Results> results = new HashMap<>();
        byPod.getOrDefault(podUid, Map.of()).forEach((key, worker) -> {
            ProbeResults.Results before = results.getOrDefault(key.containerId(), ProbeResults.Results.INITIAL);
            ProbeResults.Result result = worker.result();
            results.put(
                    key.containerId(),
                    switch (key.kind()) {
                        case STARTUP -> new ProbeResults.Results(result, before.liveness(), before.readiness());
                        case LIVENESS -> new ProbeResults.Results(before.startup(), result, before.readiness());
                        case READINESS -> new ProbeResults.Results(before.startup(), before.liveness(), result);
                    });
        });
        return new ProbeResults(results);
    }

    /// Upstream's metric of the probes of containers that run, in Prometheus' text format.
    public synchronized String metrics() {
        Counts probes = Counts.counter(
                "prober_probe_total", "container", "namespace", "pod", "pod_uid", "probe_type", "result");
        byPod.values().forEach(workers -> workers.values().forEach(worker -> worker.count(probes)));
        return probes.text();
    }

    public synchronized void forget(String podUid) {
        Map<ProbeKey, ProbeWorker> workers = byPod.remove(podUid);
        if (workers != null) {
            workers.values().forEach(ProbeWorker::close);
        }
    }
}
