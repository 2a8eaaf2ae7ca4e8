package io.gantry.cli.node;

import io.gantry.kubelet.cri.CriRuntime;
import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.Sandbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops all pods of a containerd through CRI, so that their network is taken down by the runtime. They stay known: a
/// later `up` starts them again.
final class PodStop {
    private static final Logger LOG = LoggerFactory.getLogger(PodStop.class);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 16;

    private PodStop() {}

    /// Containers get a stop signal and a short grace, all at once; then their sandboxes go.
    static void stopAll(Path socket) {
        try (ContainerRuntime runtime = new CriRuntime(URI.create("unix://" + socket));
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore permits = new Semaphore(AT_ONCE);
            List<RuntimeContainer> containers = runtime.containers("");
            for (Sandbox sandbox : runtime.sandboxes()) {
                executor.execute(() -> stop(runtime, sandbox, containers, permits));
            }
        } catch (RuntimeFailure e) {
            LOG.warn("the runtime does not answer, its processes will be killed: {}", e.getMessage());
        }
    }

    private static void stop(
            ContainerRuntime runtime, Sandbox sandbox, List<RuntimeContainer> containers, Semaphore permits) {
        permits.acquireUninterruptibly();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            containers.stream()
                    .filter(container -> container.sandboxId().equals(sandbox.id()))
                    .filter(container -> container.state() == RunState.RUNNING)
                    .forEach(container -> executor.execute(() -> runtime.stopContainer(container.id(), GRACE)));
            executor.close();
            runtime.stopSandbox(sandbox.id());
        } catch (RuntimeFailure e) {
            LOG.warn("pod {} could not be stopped: {}", sandbox.pod(), e.getMessage());
        } finally {
            permits.release();
        }
    }
}
