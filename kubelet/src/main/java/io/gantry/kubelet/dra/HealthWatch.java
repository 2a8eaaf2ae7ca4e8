package io.gantry.kubelet.dra;

import io.gantry.component.grpc.GrpcCodes;
import io.gantry.kubelet.dra.health.DRAResourceHealthGrpc;
import io.gantry.kubelet.dra.health.NodeWatchResourcesRequest;
import io.gantry.kubelet.dra.health.NodeWatchResourcesResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears from drivers how their devices are, each on a virtual thread, for as long as its plugin is registered. A
/// driver that has nothing to say is asked once.
final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final DeviceHealths healths;
    private final HeldClaims claims;
    private final Consumer<Set<String>> nudge;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param nudge told the uids of pods whose devices changed; must not block
    HealthWatch(DeviceHealths healths, HeldClaims claims, Consumer<Set<String>> nudge) {
        this.healths = healths;
        this.claims = claims;
        this.nudge = nudge;
    }

    /// Returns at once.
    void follow(DraDriver driver) {
        Thread.ofVirtual().name("device-health " + driver.plugin().name()).start(() -> run(driver));
    }

    private void run(DraDriver driver) {
        try {
            boolean again = true;
            while (again && !driver.channel().isShutdown()) {
                again = hear(driver) && !closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            LOG.debug("stopped", stopping);
        }
    }

    /// Until the stream ends; whether it is worth another try.
    private boolean hear(DraDriver driver) {
        String name = driver.plugin().name();
        try {
            Iterator<NodeWatchResourcesResponse> reports = DRAResourceHealthGrpc.newBlockingStub(driver.channel())
                    .nodeWatchResources(NodeWatchResourcesRequest.getDefaultInstance());
            while (reports.hasNext()) {
                take(name, reports.next());
            }
            return true;
        } catch (StatusRuntimeException failure) {
            LOG.debug("health of {}: {}", name, GrpcCodes.describe(failure.getStatus()));
            return failure.getStatus().getCode() != Status.Code.UNIMPLEMENTED;
        } finally {
            healths.forget(name);
        }
    }

    private void take(String driver, NodeWatchResourcesResponse report) {
        Set<String> pods = new HashSet<>();
        healths.report(driver, report.getDevicesList())
                .forEach(device -> pods.addAll(claims.users(driver, device.pool(), device.device())));
        if (!pods.isEmpty()) {
            nudge.accept(pods);
        }
    }

    void close() {
        closed.countDown();
    }
}
