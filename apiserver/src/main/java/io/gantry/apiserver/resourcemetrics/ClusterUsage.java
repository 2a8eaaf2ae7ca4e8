package io.gantry.apiserver.resourcemetrics;

import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import io.gantry.component.VirtualThreads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// What several nodes used, asked of them at the same time. Thread-safe; blocks.
final class ClusterUsage {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterUsage.class);
    private static final int AT_A_TIME = 64;

    private final ClusterObjects cluster;
    private final NodeUsages usages;
    private final InstantSource clock;
    private final Runnable asked;
    private final Semaphore room = new Semaphore(AT_A_TIME);

    /// @param asked told after nodes were asked
    ClusterUsage(ClusterObjects cluster, NodeUsages usages, InstantSource clock, Runnable asked) {
        this.cluster = cluster;
        this.usages = usages;
        this.clock = clock;
        this.asked = asked;
    }

    /// By the names of nodes; simulated ones use what their pods say.
    Map<String, NodeUsage> ofNodes(Collection<CachedObject> nodes) throws InterruptedException {
        return ofNodes(nodes, Map.of());
    }

    /// @param wanted the pods of each node that must be among those of which is told
    private Map<String, NodeUsage> ofNodes(Collection<CachedObject> nodes, Map<String, Set<String>> wanted)
            throws InterruptedException {
        Map<String, NodeUsage> found = new ConcurrentHashMap<>();
        Map<String, JsonNode> kubelets = new HashMap<>();
        List<String> simulated = new ArrayList<>();
        for (CachedObject node : nodes) {
            JsonNode tree = ClusterObjects.tree(node);
            if (SimulatedUsage.isSimulated(tree)) {
                simulated.add(node.name());
            } else {
                kubelets.put(node.name(), tree);
            }
        }
        if (!simulated.isEmpty()) {
            found.putAll(simulated(simulated));
        }
        ask(kubelets, wanted, found);
        return found;
    }

    private Map<String, NodeUsage> simulated(List<String> nodes) {
        Instant now = clock.instant();
        Map<String, Map<String, Map<String, Usage>>> pods = new HashMap<>();
        nodes.forEach(node -> pods.put(node, new HashMap<>()));
        for (CachedObject pod : cluster.running(Selection.all())) {
            Map<String, Map<String, Usage>> there = pods.get(ClusterObjects.nodeOf(pod));
            if (there != null) {
                there.put(pod.key(), SimulatedUsage.of(ClusterObjects.tree(pod), now));
            }
        }
        Map<String, NodeUsage> usage = new HashMap<>();
        pods.forEach((node, there) ->
                usage.put(node, new NodeUsage(Optional.of(SimulatedUsage.node(there.values(), now)), there, true)));
        return usage;
    }

    private void ask(Map<String, JsonNode> kubelets, Map<String, Set<String>> wanted, Map<String, NodeUsage> found)
            throws InterruptedException {
        AtomicReference<InterruptedException> stopped = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        kubelets.forEach((name, node) -> threads.add(VirtualThreads.background().start(() -> {
            try {
                room.acquire();
                try {
                    Set<String> pods = wanted.getOrDefault(name, Set.of());
                    found.put(name, usages.of(name, node, u -> u.pods().keySet().containsAll(pods)));
                } finally {
                    room.release();
                }
            } catch (InterruptedException e) {
                stopped.set(e);
            } catch (RuntimeException bug) {
                LOG.error("node {} cannot be asked what it uses", name, bug);
            }
        })));
        for (Thread thread : threads) {
            thread.join();
        }
        asked.run();
        InterruptedException ended = stopped.get();
        if (ended != null) {
            throw ended;
        }
    }

    /// Of pods: containers' names and usages by `namespace/name`. Those of which nothing is known are not there.
    Map<String, Map<String, Usage>> ofPods(List<CachedObject> pods) throws InterruptedException {
        Map<String, Map<String, Usage>> found = new HashMap<>();
        Map<String, CachedObject> nodes = new HashMap<>();
        Map<String, Set<String>> wanted = new HashMap<>();
        Map<String, Boolean> simulated = new HashMap<>();
        Instant now = clock.instant();
        for (CachedObject pod : pods) {
            String name = ClusterObjects.nodeOf(pod);
            Optional<CachedObject> node = cluster.node(name);
            if (node.isEmpty()) {
                continue;
            }
            if (simulated.computeIfAbsent(name, n -> SimulatedUsage.isSimulated(ClusterObjects.tree(node.get())))) {
                found.put(pod.key(), SimulatedUsage.of(ClusterObjects.tree(pod), now));
            } else {
                nodes.put(name, node.get());
                wanted.computeIfAbsent(name, n -> new HashSet<>()).add(pod.key());
            }
        }
        Map<String, NodeUsage> usage = ofNodes(nodes.values(), wanted);
        for (CachedObject pod : pods) {
            NodeUsage there = usage.getOrDefault(ClusterObjects.nodeOf(pod), NodeUsage.NOTHING);
            Map<String, Usage> containers = there.pods().get(pod.key());
            if (containers != null) {
                found.put(pod.key(), containers);
            }
        }
        return found;
    }
}
