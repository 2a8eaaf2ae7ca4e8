package io.gantry.scheduler.queue;

import static io.gantry.scheduler.testing.Objects.json;
import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.testing.Wiring;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class SchedulingQueueTest {
    private final AtomicLong now = new AtomicLong(1);
    private final FakeCluster cluster = new FakeCluster();
    private final SchedulingQueue queue =
            new SchedulingQueue(Wiring.of(cluster).profiles(), SchedulingQueue.Backoff.DEFAULT, now::get);
    private final PodInfo pod = pod("p", 0, "1", "1Gi");
    private final ClusterEvent gone =
            new ClusterEvent.PodGone(pod("q", 0, "1", "1Gi"), "a", waiting -> Optional.empty());
    private final ClusterEvent cordonLifted = new ClusterEvent.NodeChanged(
            node("a", "", "'unschedulable':true").node(), node("a").node());

    @Test
    void importantPodsFirstThenByArrival() throws InterruptedException {
        queue.add(pod("first", 0, "1", "1Gi"));
        queue.add(pod("second", 0, "1", "1Gi"));
        queue.add(pod("important", 10, "1", "1Gi"));
        assertEquals("default/important default/first default/second", take() + " " + take() + " " + take());
    }

    @Test
    void onlyHelpfulEventsWake() throws InterruptedException {
        queue.add(pod);
        queue.rejected(queue.take().orElseThrow(), Set.of("NodeResourcesFit"), "");
        queue.notify(cordonLifted);
        assertEquals(new SchedulingQueue.Sizes(0, 0, 1, 0), queue.sizes());
        queue.notify(gone);
        assertEquals(new SchedulingQueue.Sizes(0, 1, 0, 0), queue.sizes());
        assertEquals("default/p", take());
    }

    @Test
    void eventDuringTheTryIsNotLost() throws InterruptedException {
        queue.add(pod);
        QueuedPod tried = queue.take().orElseThrow();
        queue.notify(gone);
        queue.rejected(tried, Set.of("NodeResourcesFit"), "");
        assertEquals(new SchedulingQueue.Sizes(0, 1, 0, 0), queue.sizes());
    }

    @Test
    void errorWaitsOutItsBackoff() throws InterruptedException {
        queue.add(pod);
        queue.failed(queue.take().orElseThrow());
        queue.add(pod("other", 0, "1", "1Gi"));
        assertEquals("default/other", take());
        now.addAndGet(SchedulingQueue.Backoff.DEFAULT.first().toNanos() + 1);
        assertEquals("default/p", take());
    }

    /// As upstream's `handleSchedulingFailure`, which looks whether the pod is still there and has no node.
    @Test
    void errorOfAPodThatIsGoneBringsNoOtherTry() throws InterruptedException {
        queue.add(pod);
        QueuedPod tried = queue.take().orElseThrow();
        queue.delete(pod);
        queue.failed(tried);
        assertEquals(new SchedulingQueue.Sizes(0, 0, 0, 0), queue.sizes());
    }

    @Test
    void errorBringsThePodBackAsItIsNow() throws InterruptedException {
        queue.add(pod);
        QueuedPod tried = queue.take().orElseThrow();
        PodInfo changed = new PodInfo(pod.pod());
        queue.update(pod, changed);
        queue.failed(tried);
        now.addAndGet(SchedulingQueue.Backoff.DEFAULT.first().toNanos() + 1);
        assertSame(changed, queue.take().orElseThrow().pod());
    }

    @Test
    void unhelpedPodIsTriedAgainInTheEnd() throws InterruptedException {
        queue.add(pod);
        queue.rejected(queue.take().orElseThrow(), Set.of("NodeName"), "");
        now.addAndGet(SchedulingQueue.FLUSH_AFTER.toNanos() + 1);
        assertEquals("default/p", take());
    }

    @Test
    void gatedPodWaitsForItsGates() throws InterruptedException {
        PodInfo gated = pod("p", "'schedulingGates':[{'name':'g'}]");
        queue.add(gated);
        assertEquals(new SchedulingQueue.Sizes(0, 0, 0, 1), queue.sizes());
        queue.update(gated, pod("p", ""));
        assertEquals("default/p", take());
    }

    @Test
    void podWithAClaimWaitsForIt() throws InterruptedException {
        queue.add(pod("p", "'resourceClaims':[{'name':'c','resourceClaimName':'c'}]"));
        assertEquals(new SchedulingQueue.Sizes(0, 0, 0, 1), queue.sizes());
        ResourceClaim claim = json(ResourceClaim.class, "{'metadata':{'name':'c','namespace':'default','uid':'u'}}");
        cluster.ledger.follower().added(claim);
        queue.notify(new ClusterEvent.DeviceClaimChanged(Optional.empty(), claim));
        assertEquals("default/p", take());
    }

    @Test
    void podDeletedDuringTheTryDoesNotComeBack() throws InterruptedException {
        queue.add(pod);
        QueuedPod tried = queue.take().orElseThrow();
        queue.delete(pod);
        queue.rejected(tried, Set.of("NodeName"), "");
        assertEquals(new SchedulingQueue.Sizes(0, 0, 0, 0), queue.sizes());
    }

    @Test
    void backoffDoublesUpToItsLimit() {
        assertEquals(Duration.ofSeconds(1).toNanos(), SchedulingQueue.Backoff.DEFAULT.nanos(1));
        assertEquals(Duration.ofSeconds(4).toNanos(), SchedulingQueue.Backoff.DEFAULT.nanos(3));
        assertEquals(Duration.ofSeconds(10).toNanos(), SchedulingQueue.Backoff.DEFAULT.nanos(9));
    }

    @Test
    void closingEndsTheWait() throws InterruptedException {
        queue.close();
        assertTrue(queue.take().isEmpty());
    }

    private String take() throws InterruptedException {
        return queue.take().orElseThrow().pod().toString();
    }
}
