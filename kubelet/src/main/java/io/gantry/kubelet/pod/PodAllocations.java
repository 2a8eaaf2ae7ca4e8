package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodResources;
import io.gantry.api.core.v1.pod.ResourceRequirements;
import io.gantry.api.resource.Quantity;
import io.gantry.kubelet.runtime.PodIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What the node's pods were given of its CPU and memory. A pod whose spec asks for other amounts than it was given
/// gets them when they fit. Thread-safe.
public final class PodAllocations {
    /// Keeps what was given over a restart of the kubelet; used only for pods that were resized.
    public interface Memory {
        Optional<Allocation> read(String podUid);

        void write(String podUid, Allocation allocation);

        /// Keeps nothing.
        static Memory none() {
            return new Memory() {
                @Override
                public Optional<Allocation> read(String podUid) {
                    return Optional.empty();
                }

                @Override
                public void write(String podUid, Allocation allocation) {}
            };
        }
    }

    /// The pod as it may run now, and why it may not have what it asks for.
    ///
    /// @param begun whether it was given new amounts just now
    record Decision(Pod pod, ResizePlan plan, boolean begun) {}

    private record Entry(Allocation allocation, Map<String, Quantity> requests) {}

    private final Memory memory;
    private final Supplier<Map<String, Quantity>> allocatable;
    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> deferred = new HashSet<>();
    private Consumer<Set<String>> freed = uids -> {};

    public PodAllocations(Memory memory, Supplier<Map<String, Quantity>> allocatable) {
        this.memory = memory;
        this.allocatable = allocatable;
    }

    /// Who is told that pods which wait for room may have it now.
    synchronized void whenFreed(Consumer<Set<String>> listener) {
        freed = listener;
    }

    /// Decides on what the spec asks for. The first spec of a pod is given as it is.
    ///
    /// @param running what the running containers have, by name; counts after a restart of the kubelet
    Decision decide(Pod pod, Map<String, ResourceRequirements> running) {
        Decision decision = decided(pod, running);
        if (decision.begun()) {
            tellWaiting();
        }
        return decision;
    }

    private synchronized Decision decided(Pod pod, Map<String, ResourceRequirements> running) {
        String uid = PodIdentity.of(pod).uid();
        Entry entry = entries.get(uid);
        Allocation allocation =
                entry == null ? memory.read(uid).orElseGet(() -> first(pod, running)) : entry.allocation();
        Pod given = allocation.of(pod);
        if (!asksForOthers(pod, given)) {
            deferred.remove(uid);
            remember(uid, allocation, given);
            return new Decision(given, ResizePlan.FITS, false);
        }
        ResizePlan plan = ResizePlan.of(pod, given, others(uid), allocatable.get());
        if (plan.verdict() == ResizePlan.Verdict.FITS) {
            deferred.remove(uid);
            Allocation next = allocation.giving(pod);
            memory.write(uid, next);
            remember(uid, next, pod);
            return new Decision(pod, plan, true);
        }
        remember(uid, allocation, given);
        if (plan.verdict() == ResizePlan.Verdict.DEFERRED) {
            deferred.add(uid);
        } else {
            deferred.remove(uid);
        }
        return new Decision(given, plan, false);
    }

    private static boolean asksForOthers(Pod pod, Pod given) {
        return !ResourceChange.between(given.spec().resources(), pod.spec().resources())
                        .isEmpty()
                || PodContainer.all(pod).stream()
                        .anyMatch(c -> PodContainer.find(given, c.name())
                                .filter(g -> !ResourceChange.between(
                                                g.spec().resources(), c.spec().resources())
                                        .isEmpty())
                                .isPresent());
    }

    private static Allocation first(Pod pod, Map<String, ResourceRequirements> running) {
        Map<String, ResourceRequirements> given =
                new LinkedHashMap<>(Allocation.NONE.giving(pod).given());
        running.forEach((name, resources) -> given.computeIfPresent(
                name, (n, asked) -> ResourceChange.between(asked, resources).isEmpty() ? asked : resources));
        return new Allocation(given, Map.of(), Optional.ofNullable(pod.spec().resources()));
    }

    private void remember(String uid, Allocation allocation, Pod given) {
        entries.put(uid, new Entry(allocation, PodResources.requests(given)));
    }

    private Map<String, Quantity> others(String uid) {
        Map<String, Quantity> total = new HashMap<>();
        entries.forEach((other, entry) -> {
            if (!other.equals(uid)) {
                PodResources.addAll(total, entry.requests());
            }
        });
        return total;
    }

    /// Without the lock: who is told has one of its own, and asks here while it holds that.
    private void tellWaiting() {
        Set<String> waiting;
        Consumer<Set<String>> listener;
        synchronized (this) {
            waiting = Set.copyOf(deferred);
            listener = freed;
        }
        if (!waiting.isEmpty()) {
            listener.accept(waiting);
        }
    }

    /// The pod with what it was given.
    synchronized Pod given(Pod pod) {
        Entry entry = entries.get(PodIdentity.of(pod).uid());
        return entry == null ? pod : entry.allocation().of(pod);
    }

    /// What changed containers of a pod have, by the runtime's id.
    synchronized Map<String, ResourceRequirements> actual(String podUid) {
        Entry entry = entries.get(podUid);
        return entry == null ? Map.of() : entry.allocation().actual();
    }

    /// A container was changed while it runs.
    synchronized void changed(String podUid, String containerId, ResourceRequirements resources) {
        Entry entry = entries.get(podUid);
        if (entry != null) {
            Allocation next = entry.allocation().having(containerId, resources);
            memory.write(podUid, next);
            entries.put(podUid, new Entry(next, entry.requests()));
        }
    }

    /// The pod takes nothing any more.
    void release(String podUid) {
        if (forget(podUid)) {
            tellWaiting();
        }
    }

    private synchronized boolean forget(String podUid) {
        deferred.remove(podUid);
        return entries.remove(podUid) != null;
    }
}
