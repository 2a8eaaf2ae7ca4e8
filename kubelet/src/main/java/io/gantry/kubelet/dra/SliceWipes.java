package io.gantry.kubelet.dra;

import io.gantry.api.StatusException;
import io.gantry.api.resource.v1.resourceslice.ResourceSlice;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.Resource;
import io.gantry.component.DoublingPauses;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes ResourceSlices of this node whose driver is not there: all when the kubelet starts, since none is known
/// then, and those of a driver that stays away. A driver that comes back publishes them anew. Thread-safe.
final class SliceWipes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SliceWipes.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    /// Upstream's `defaultWipingDelay`: a driver's pod may be replaced meanwhile.
    static final Duration DELAY = Duration.ofSeconds(30);

    private final String node;
    private final Resource<ResourceSlice> slices;
    private final Duration delay;
    /// What ends the wait for a driver, or the work, by driver; the empty name is the start's.
    private final Map<String, CountDownLatch> pending = new HashMap<>();

    private boolean closed;

    SliceWipes(String node, Resource<ResourceSlice> slices, Duration delay) {
        this.node = node;
        this.slices = slices;
        this.delay = delay;
    }

    /// Those of all drivers, now; returns at once.
    void all() {
        begin("", Duration.ZERO);
    }

    /// Those of a driver, after a while; a wait that has begun goes on.
    void later(String driver) {
        begin(driver, delay);
    }

    synchronized void cancel(String driver) {
        CountDownLatch stop = pending.remove(driver);
        if (stop != null) {
            stop.countDown();
        }
    }

    private synchronized void begin(String driver, Duration wait) {
        if (!closed && !pending.containsKey(driver)) {
            CountDownLatch stop = new CountDownLatch(1);
            pending.put(driver, stop);
            Thread.ofVirtual().name("wipe-slices " + driver).start(() -> run(driver, wait, stop));
        }
    }

    private void run(String driver, Duration wait, CountDownLatch stop) {
        try {
            if (!stop.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                new DoublingPauses(FIRST_RETRY, LONGEST_RETRY).tryUntilDone(() -> wipe(driver), stop);
            }
        } catch (InterruptedException stopping) {
            LOG.debug("stopped", stopping);
        } finally {
            done(driver, stop);
        }
    }

    private synchronized void done(String driver, CountDownLatch stop) {
        pending.remove(driver, stop);
    }

    private boolean wipe(String driver) {
        String selector = "spec.nodeName=" + node + (driver.isEmpty() ? "" : ",spec.driver=" + driver);
        try {
            slices.deleteCollection(ListOptions.all().withFieldSelector(selector), Deletion.defaults());
            LOG.info("ResourceSlices with {} are deleted", selector);
            return true;
        } catch (StatusException failure) {
            LOG.debug("ResourceSlices with {} are not deleted: {}", selector, failure.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pending.values().forEach(CountDownLatch::countDown);
        pending.clear();
    }
}
