package io.gantry.client.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QueueFiguresTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aQueueTellsWhatWaitsAndWhatIsHeld() throws Exception {
        AtomicLong now = new AtomicLong(5 * SECOND);
        WorkQueue<String> queue =
                ScopedValue.where(WorkQueue.NANO_TIME, now::get).call(WorkQueue::new);
        queue.add("a");
        queue.add("a");
        queue.add("b");
        now.addAndGet(2 * SECOND);
        queue.take();
        now.addAndGet(3 * SECOND);
        queue.take();
        now.addAndGet(4 * SECOND);
        ControllerRunner<String> runner = new ControllerRunner<>("test", queue, 1, key -> Result.done());
        String text = QueueFigures.text(List.of(runner));
        for (String line : List.of(
                "workqueue_depth{name=\"test\"} 0",
                "workqueue_adds_total{name=\"test\"} 2",
                "workqueue_retries_total{name=\"test\"} 0",
                "workqueue_unfinished_work_seconds{name=\"test\"} 11.0",
                "workqueue_longest_running_processor_seconds{name=\"test\"} 7.0",
                "workqueue_queue_duration_seconds_bucket{name=\"test\",le=\"10.0\"} 2",
                "workqueue_queue_duration_seconds_sum{name=\"test\"} 7.0",
                "workqueue_work_duration_seconds_count{name=\"test\"} 0")) {
            assertTrue(text.contains(line + "\n"), line + " in\n" + text);
        }
        queue.done("a");
        assertEquals(7.0, queue.figures().longestSeconds() + queue.figures().unfinishedSeconds() - 1.0);
        assertTrue(QueueFigures.text(List.of(runner))
                .contains("workqueue_work_duration_seconds_sum{name=\"test\"} 7.0\n"));
    }
}
