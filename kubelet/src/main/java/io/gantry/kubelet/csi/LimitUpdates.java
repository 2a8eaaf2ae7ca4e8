package io.gantry.kubelet.csi;

import io.gantry.api.StatusException;
import io.gantry.api.storage.v1.csidriver.CSIDriver;
import io.gantry.kubelet.csi.v1.NodeGetInfoResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks drivers again and again how many volumes the node may have, as often as their CSIDrivers want it
/// (`nodeAllocatableUpdatePeriodSeconds`; upstream `csi_node_updater.go`). Thread-safe.
final class LimitUpdates implements NodeRegister, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LimitUpdates.class);

    private final NodeRegister register;
    private final CsiUnmounter.DriverSource drivers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> installed = new HashSet<>();
    private final Map<String, Duration> wanted = new HashMap<>();
    private final Map<String, Loop> running = new HashMap<>();

    private record Loop(Duration period, CountDownLatch stopped) {}

    /// @param register told first of what comes and goes, and of every new answer
    LimitUpdates(NodeRegister register, CsiUnmounter.DriverSource drivers) {
        this.register = register;
        this.drivers = drivers;
    }

    @Override
    public void install(String driver, NodeGetInfoResponse info) {
        register.install(driver, info);
        change(driver, () -> installed.add(driver));
    }

    @Override
    public void uninstall(String driver) {
        change(driver, () -> installed.remove(driver));
        register.uninstall(driver);
    }

    /// The cluster's word on a driver, of this node or not.
    void follow(CSIDriver driver) {
        Long seconds = driver.spec().nodeAllocatableUpdatePeriodSeconds();
        String name = Objects.requireNonNullElse(driver.metadata().name(), "");
        if (seconds == null || seconds <= 0) {
            forget(driver);
        } else {
            change(name, () -> wanted.put(name, Duration.ofSeconds(seconds)));
        }
    }

    void forget(CSIDriver driver) {
        String name = Objects.requireNonNullElse(driver.metadata().name(), "");
        change(name, () -> wanted.remove(name));
    }

    private void change(String driver, Runnable change) {
        lock.lock();
        try {
            change.run();
            Duration period = installed.contains(driver) ? wanted.getOrDefault(driver, Duration.ZERO) : Duration.ZERO;
            Loop before = running.get(driver);
            if (before != null && !before.period().equals(period)) {
                before.stopped().countDown();
                running.remove(driver);
            }
            if (period.isPositive() && !running.containsKey(driver)) {
                Loop loop = new Loop(period, new CountDownLatch(1));
                running.put(driver, loop);
                Thread.ofVirtual().name("csi-limits-" + driver).start(() -> run(driver, loop));
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(String driver, Loop loop) {
        try {
            while (!loop.stopped().await(loop.period().toMillis(), TimeUnit.MILLISECONDS)) {
                update(driver);
            }
        } catch (InterruptedException stopping) {
            LOG.debug("stopped", stopping);
        }
    }

    private void update(String driver) {
        try (DriverClient client = drivers.client(driver)) {
            register.install(driver, client.info());
        } catch (CsiFailure | StatusException failure) {
            LOG.warn("CSI driver {} is asked again later how many volumes it takes: {}", driver, failure.getMessage());
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            running.values().forEach(loop -> loop.stopped().countDown());
            running.clear();
        } finally {
            lock.unlock();
        }
    }
}
