package io.gantry.scheduler;

import static io.gantry.scheduler.testing.Objects.json;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.client.event.EventSink;
import io.gantry.scheduler.config.SchedulerConfiguration;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.plugins.GangPlugin;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.testing.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A plugin at every extension point, in a profile of its own beside the default one: it binds gangs of
/// pods all at once or not at all.
final class GangTest implements PodSink, EventSink {
    private static final String CONFIGURATION = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            podInitialBackoffSeconds: 1
            podMaxBackoffSeconds: 1
            profiles:
            - schedulerName: default-scheduler
              plugins:
                queueSort: {disabled: [{name: PrioritySort}], enabled: [{name: Gang}]}
            - schedulerName: gangs
              plugins:
                multiPoint:
                  enabled: [{name: Gang, weight: 5}]
                  disabled: [{name: PrioritySort}, {name: DefaultBinder}]
              pluginConfig:
              - name: Gang
                args: {waitSeconds: WAIT}
            """;

    private final Wiring wiring = Wiring.of(new FakeCluster(), this, 3);
    private final Map<String, String> bound = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> conditions = new ConcurrentLinkedQueue<>();
    private Optional<Scheduler> scheduler = Optional.empty();

    private ClusterFeed start(int waitSeconds) {
        SchedulerConfiguration configuration = SchedulerConfiguration.parse(
                CONFIGURATION.replace("WAIT", Integer.toString(waitSeconds)), GangPlugin.catalog());
        FedScheduler fed =
                FedScheduler.of(wiring, configuration.profiles(wiring.context()), configuration.backoff(), this);
        scheduler = Optional.of(fed.scheduler());
        fed.scheduler().start();
        ClusterFeed feed = fed.feed();
        for (String name : List.of("a", "b")) {
            feed.nodes()
                    .added(json(
                            Node.class,
                            "{'metadata':{'name':'" + name + "'},'status':{'allocatable':{'cpu':'2','memory':'8Gi',"
                                    + "'pods':'10'}}}"));
        }
        return feed;
    }

    @AfterEach
    void stop() {
        scheduler.ifPresent(Scheduler::close);
    }

    private static Pod pod(String name, String gang, int size) {
        return json(
                Pod.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','uid':'" + name + "','labels':{'gang':'"
                        + gang
                        + "','size':'" + size + "'}},'spec':{'schedulerName':'gangs','containers':[{'name':'c',"
                        + "'resources':{'requests':{'cpu':'1'}}}]}}");
    }

    @Test
    void membersWaitForEachOtherAndAreBoundTogether() {
        ClusterFeed feed = start(60);
        feed.pods().added(pod("one", "g", 3));
        feed.pods().added(pod("two", "g", 3));
        await().until(() -> wiring.permits().all().size() == 2);
        assertEquals(Map.of(), bound);
        feed.pods().added(pod("three", "g", 3));
        await().until(() -> bound.size() == 3);
        await().until(() -> GangPlugin.seen(wiring)
                .containsAll(List.of(
                        "preEnqueue three",
                        "preFilter three",
                        "filter three",
                        "score three",
                        "reserve three",
                        "permit three",
                        "preBind three",
                        "bind three",
                        "postBind three")));
    }

    @Test
    void aGangThatIsNotCompleteInTimeGivesItsNodesBack() {
        ClusterFeed feed = start(0);
        feed.pods().added(pod("one", "g", 2));
        await().until(() -> conditions.contains("one Unschedulable 0/1 nodes are available: 1 rejected due to timeout "
                + "after waiting 0s at plugin Gang."));
        assertTrue(GangPlugin.seen(wiring).contains("unreserve one"));
        assertEquals(Map.of(), bound);
    }

    @Test
    void aGangThatNeedsMoreThanThereIsIsToldSoByThePostFilter() {
        ClusterFeed feed = start(60);
        feed.pods().added(pod("one", "g", 99));
        await().until(() -> conditions.contains("one Unschedulable 0/2 nodes are available: gang g is too large. "
                + "no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling., "
                + "gang g will never fit"));
    }

    @Override
    public void bind(PodInfo pod, String node) {
        bound.put(pod.name(), node);
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
    public void preempt(PodInfo victim, String message) {}

    @Override
    public void event(KubernetesObject regarding, String type, String reason, String message) {}

    @Override
    public void event(ObjectReference regarding, String type, String reason, String message) {}
}
