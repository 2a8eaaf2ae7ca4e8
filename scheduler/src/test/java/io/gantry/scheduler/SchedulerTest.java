package io.gantry.scheduler;

import static io.gantry.scheduler.testing.Objects.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.Quantity;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.testing.Wiring;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The whole scheduler between a fake feed and a fake API server, which answers a binding by updating
/// the pod.
final class SchedulerTest implements PodSink, EventSink {
    private final FakeCluster cluster = new FakeCluster();
    private final FedScheduler fed = FedScheduler.of(Wiring.of(cluster, this, 3), this);
    private final Scheduler scheduler = fed.scheduler();
    private final ClusterFeed feed = fed.feed();
    private final Map<String, String> bound = new ConcurrentHashMap<>();
    private final Map<String, Pod> pods = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> conditions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final ExecutorService informer = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        scheduler.close();
        informer.shutdownNow();
    }

    @Test
    void bindsAndSaysSo() {
        scheduler.start();
        addNode("a", 4);
        addPod("p", "1", 0, "");
        await().until(() -> "a".equals(bound.get("p")));
        await().until(() -> events.contains("Scheduled Successfully assigned default/p to a"));
    }

    @Test
    void waitsForRoomAndTakesItWhenItComes() {
        scheduler.start();
        addNode("a", 2);
        addPod("p", "2", 0, "");
        await().until(() -> bound.containsKey("p"));
        addPod("q", "2", 0, "");
        await().until(
                        () -> conditions.contains(
                                "q Unschedulable 0/1 nodes are available: 1 Insufficient cpu. "
                                        + "no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."));
        Pod gone = Objects.requireNonNull(pods.get("p"));
        tell(() -> feed.pods().deleted(gone));
        await().atMost(Duration.ofSeconds(3)).until(() -> bound.containsKey("q"));
    }

    @Test
    void triesAgainAfterAFailedBinding() {
        failures.set(1);
        scheduler.start();
        addNode("a", 4);
        addPod("p", "1", 0, "");
        await().until(() -> bound.containsKey("p"));
    }

    @Test
    void leavesPodsOfOtherSchedulers() {
        scheduler.start();
        addNode("a", 4);
        addPod("other", "1", 0, ",'schedulerName':'mine'");
        addPod("p", "1", 0, "");
        await().until(() -> bound.containsKey("p"));
        assertEquals(1, bound.size());
    }

    @Test
    void preemptsLessImportantPods() {
        scheduler.start();
        addNode("a", 2);
        addPod("low", "2", 0, "");
        await().until(() -> bound.containsKey("low"));
        addPod("high", "2", 100, "");
        await().atMost(Duration.ofSeconds(5)).until(() -> bound.containsKey("high"));
        assertTrue(events.stream().anyMatch(event -> event.startsWith("Preempted")));
    }

    @Test
    void placesThousandsQuickly() {
        for (int i = 0; i < 1000; i++) {
            addNode("n" + i, 16);
        }
        long start = System.nanoTime();
        for (int i = 0; i < 5000; i++) {
            addPod("p" + i, "1", 0, "");
        }
        scheduler.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> bound.size() == 5000);
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf("5,000 pods on 1,000 nodes: %d ms, %d pods/s%n", millis, 5_000_000 / millis);
        assertTrue(bound.values().stream().distinct().count() > 900, "spread over the nodes");
    }

    private void addNode(String name, int cpus) {
        Node node = json(
                Node.class,
                "{'metadata':{'name':'" + name + "','labels':{'kubernetes.io/hostname':'" + name
                        + "'}},'status':{'allocatable':{'cpu':'" + cpus + "','memory':'32Gi','pods':'110'}}}");
        tell(() -> feed.nodes().added(node));
    }

    private void addPod(String name, String cpu, int priority, String spec) {
        Pod pod = pod(name, cpu, priority, spec);
        pods.put(name, pod);
        tell(() -> feed.pods().added(pod));
    }

    private static Pod pod(String name, String cpu, int priority, String spec) {
        return json(
                Pod.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','uid':'" + name + "'},'spec':{'priority':"
                        + priority + spec + ",'containers':[{'name':'c','resources':{'requests':{'cpu':'" + cpu
                        + "'}}}]}}");
    }

    private void tell(Runnable change) {
        informer.execute(change);
    }

    @Override
    public void bind(PodInfo pod, String node) {
        if (failures.getAndDecrement() > 0) {
            throw StatusException.unavailable("not now");
        }
        Pod before = pod.pod();
        Pod after = pod(
                pod.name(),
                Objects.requireNonNull(before.spec().containers().getFirst().resources())
                        .requests()
                        .getOrDefault("cpu", Quantity.ZERO)
                        .toString(),
                pod.priority(),
                ",'nodeName':'" + node + "'");
        pods.put(pod.name(), after);
        bound.put(pod.name(), node);
        tell(() -> feed.pods().updated(before, after));
    }

    @Override
    public void notScheduled(PodInfo pod, String reason, String message, Optional<String> nominatedNode) {
        conditions.add(pod.name() + " " + reason + " " + message);
    }

    @Override
    public void release(ResourceClaim claim) {}

    @Override
    public void clearNomination(PodInfo pod) {}

    @Override
    public void preempt(PodInfo victim, String message) {
        Pod gone = Objects.requireNonNull(pods.get(victim.name()));
        tell(() -> feed.pods().deleted(gone));
    }

    @Override
    public void event(KubernetesObject regarding, String type, String reason, String message) {
        events.add(reason + " " + message);
    }

    @Override
    public void event(ObjectReference regarding, String type, String reason, String message) {
        events.add(reason + " " + message);
    }
}
