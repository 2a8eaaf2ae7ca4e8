package io.gantry.scheduler;

import static io.gantry.scheduler.testing.Objects.node;
import static io.gantry.scheduler.testing.Objects.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.component.Metrics;
import io.gantry.scheduler.framework.ClusterEvent;
import io.gantry.scheduler.framework.ExtensionPoint;
import io.gantry.scheduler.framework.ExtensionTimes;
import io.gantry.scheduler.plugins.FakeCluster;
import io.gantry.scheduler.queue.QueuedPod;
import io.gantry.scheduler.queue.SchedulingQueue;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.testing.Wiring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptsTest {
    private final AtomicLong now = new AtomicLong(1);

    @Test
    void podsThatComeToThePartsOfTheQueueAreCountedByWhatBroughtThem() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        SchedulingQueue queue =
                new SchedulingQueue(Wiring.of(new FakeCluster()).profiles(), SchedulingQueue.Backoff.DEFAULT, now::get);
        Attempts.watch(registry, queue);
        PodInfo pod = pod("p", 0, "1", "1Gi");
        queue.add(pod);
        QueuedPod tried = queue.take().orElseThrow();
        queue.rejected(tried, Set.of("NodeResourcesFit"), "");
        queue.notify(new ClusterEvent.NodeAdded(node("a").node()));
        queue.take();
        assertEquals(1, count(registry, "active", "UnschedulablePodAdd"));
        assertEquals(1, count(registry, "unschedulable", "ScheduleAttemptFailure"));
        assertEquals(1, count(registry, "backoff", "NodeAdd"));
        assertEquals(1, count(registry, "active", "PopFromBackoffQ"));
    }

    @Test
    void podsWaitBecauseOfThePluginsThatRejectedThem() throws InterruptedException {
        SchedulingQueue queue =
                new SchedulingQueue(Wiring.of(new FakeCluster()).profiles(), SchedulingQueue.Backoff.DEFAULT, now::get);
        queue.add(pod("p", 0, "1", "1Gi"));
        assertEquals("", Attempts.unschedulable(queue), "not tried");
        queue.rejected(queue.take().orElseThrow(), Set.of("NodeResourcesFit", "NodeAffinity"), "");
        queue.add(pod("q", "'schedulingGates':[{'name':'g'}]"));
        List<String> expected = Stream.of("NodeAffinity", "NodeResourcesFit", "SchedulingGates")
                .map(plugin ->
                        "scheduler_unschedulable_pods{plugin=\"" + plugin + "\",profile=\"default-scheduler\"} 1")
                .toList();
        assertEquals(
                expected,
                Attempts.unschedulable(queue)
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .sorted()
                        .toList());
    }

    private static double count(SimpleMeterRegistry registry, String part, String event) {
        return registry.get("scheduler_queue_incoming_pods")
                .tag("queue", part)
                .tag("event", event)
                .counter()
                .count();
    }

    /// Upstream's stable ones and what its dashboards use.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduler_pending_pods{queue=\"active\"}",
                "scheduler_schedule_attempts_total{profile=\"d\",result=\"scheduled\"}",
                "scheduler_scheduling_attempt_duration_seconds_bucket{profile=\"d\",result=\"scheduled\",le=\"0.001\"}",
                "scheduler_pod_scheduling_sli_duration_seconds_bucket{attempts=\"1\",le=\"0.01\"}",
                "scheduler_pod_scheduling_attempts_bucket{le=\"1.0\"}",
                "scheduler_preemption_victims_bucket{le=\"1.0\"}",
                "scheduler_preemption_attempts_total",
                "scheduler_goroutines{operation=\"binding\"} 1",
                "scheduler_permit_wait_duration_seconds_bucket{result=\"Unschedulable\",le=\"0.001\"}",
                "scheduler_queue_incoming_pods_total{event=\"UnschedulablePodAdd\",queue=\"active\"}",
                "scheduler_framework_extension_point_duration_seconds_bucket{extension_point=\"Filter\",profile=\"d\",status=\"Success\",le=\"1.0E-4\"}"
            })
    void metricsHaveUpstreamsNames(String expected) {
        Metrics metrics = new Metrics();
        Attempts attempts = new Attempts(metrics.registry());
        SchedulingQueue queue =
                new SchedulingQueue(Wiring.of(new FakeCluster()).profiles(), SchedulingQueue.Backoff.DEFAULT, now::get);
        Attempts.watch(metrics.registry(), queue);
        queue.add(pod("p", 0, "1", "1Gi"));
        attempts.scheduled("d", 5, 1, 5);
        attempts.preempted(1);
        attempts.binding(true);
        attempts.waited(false, 5);
        attempts.times("d").took(ExtensionPoint.FILTER, ExtensionTimes.SUCCESS, 5);
        String text = metrics.scrape();
        assertTrue(text.contains(expected), text);
    }
}
