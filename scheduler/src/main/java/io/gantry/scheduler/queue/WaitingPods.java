package io.gantry.scheduler.queue;

import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.snapshot.PodShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Pods that no node would take, in groups of like pods: what helps one of a group helps any of it. So
/// an event is judged once a group, and wakes one pod of it; the next one follows when that one was
/// placed. Guarded by the queue's lock.
final class WaitingPods {
    /// With more promised pods than this, one is woken by what happens on its own node only.
    private static final int MAX_PROMISED_LOOKED_AT = 64;

    private final Map<String, QueuedPod> byUid = new LinkedHashMap<>();
    private final Map<Group, LinkedHashMap<String, QueuedPod>> groups = new LinkedHashMap<>();
    private final Map<String, Map<String, QueuedPod>> promised = new HashMap<>();
    private final Map<String, Group> probes = new HashMap<>();

    /// What like pods have in common.
    private record Group(Set<String> rejectedBy, PodShape shape) {}

    private static Group groupOf(QueuedPod queued) {
        return new Group(queued.rejectedBy(), queued.pod().shape());
    }

    int size() {
        return byUid.size();
    }

    boolean isEmpty() {
        return byUid.isEmpty();
    }

    /// Longest waiting first.
    Collection<QueuedPod> all() {
        return byUid.values();
    }

    boolean contains(String uid) {
        return byUid.containsKey(uid);
    }

    void put(QueuedPod queued) {
        String uid = queued.pod().uid();
        remove(uid);
        byUid.put(uid, queued);
        probes.remove(uid);
        if (queued.promisedNode().isEmpty()) {
            groups.computeIfAbsent(groupOf(queued), g -> new LinkedHashMap<>()).put(uid, queued);
        } else {
            promised.computeIfAbsent(queued.promisedNode(), n -> new LinkedHashMap<>())
                    .put(uid, queued);
        }
    }

    @Nullable
    QueuedPod remove(String uid) {
        QueuedPod queued = byUid.remove(uid);
        if (queued != null && queued.promisedNode().isEmpty()) {
            drop(groups, groupOf(queued), uid);
        } else if (queued != null) {
            drop(promised, queued.promisedNode(), uid);
        }
        return queued;
    }

    private static <K, M extends Map<String, QueuedPod>> void drop(Map<K, M> map, K key, String uid) {
        M members = map.get(key);
        if (members != null) {
            members.remove(uid);
            if (members.isEmpty()) {
                map.remove(key);
            }
        }
    }

    /// Takes out the pods to be tried because of an event.
    List<QueuedPod> wokenBy(ClusterEvent event, Predicate<QueuedPod> helps) {
        List<QueuedPod> woken = new ArrayList<>();
        for (Map.Entry<Group, LinkedHashMap<String, QueuedPod>> entry : List.copyOf(groups.entrySet())) {
            QueuedPod first = entry.getValue().firstEntry().getValue();
            if (helps.test(first)) {
                woken.add(first);
                probes.put(first.pod().uid(), entry.getKey());
            }
        }
        for (QueuedPod queued : promisedFor(event)) {
            if (helps.test(queued)) {
                woken.add(queued);
            }
        }
        woken.forEach(queued -> remove(queued.pod().uid()));
        return woken;
    }

    private List<QueuedPod> promisedFor(ClusterEvent event) {
        if (event instanceof ClusterEvent.PodGone gone && promised.size() > MAX_PROMISED_LOOKED_AT) {
            return List.copyOf(promised.getOrDefault(gone.node(), Map.of()).values());
        }
        return promised.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    /// The pod needs no node any more: if an event woke it, takes out the next one of its group.
    Optional<QueuedPod> nextAfter(String uid) {
        Group group = probes.remove(uid);
        LinkedHashMap<String, QueuedPod> members = group == null ? null : groups.get(group);
        if (group == null || members == null) {
            return Optional.empty();
        }
        QueuedPod next = members.firstEntry().getValue();
        remove(next.pod().uid());
        probes.put(next.pod().uid(), group);
        return Optional.of(next);
    }
}
