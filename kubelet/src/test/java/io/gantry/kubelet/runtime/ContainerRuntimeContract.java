package io.gantry.kubelet.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every implementation of the runtime port does.
public abstract class ContainerRuntimeContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration EXEC = Duration.ofSeconds(5);

    /// Of this test alone, so that what one leaves behind is nothing to the next.
    private PodIdentity pod = new PodIdentity("default", "p", "");

    @BeforeEach
    void newPod() {
        pod = new PodIdentity("default", "p", UUID.randomUUID().toString());
    }

    protected abstract ContainerRuntime runtime();

    /// An image with a shell.
    protected abstract String image();

    /// Where sandboxes log.
    protected abstract String logs();

    private SandboxSpec sandbox(int attempt) {
        return new SandboxSpec(
                pod,
                attempt,
                "",
                logs(),
                DnsSpec.NONE,
                List.of(),
                Map.of(
                        RuntimeLabels.POD_UID, pod.uid(),
                        RuntimeLabels.POD_NAME, pod.name(),
                        RuntimeLabels.POD_NAMESPACE, pod.namespace()),
                Map.of(),
                "",
                Map.of(),
                security(),
                LinuxResources.NONE,
                "");
    }

    /// On the host's network, so that no network plugin is needed.
    private static SecuritySpec security() {
        return PlainSecurity.of(new SecuritySpec.Namespaces(true, false, false, false, ""));
    }

    private ContainerSpec container(int attempt) {
        String id = runtime().image(image()).orElseThrow().id();
        return new ContainerSpec(
                "c",
                attempt,
                id,
                image(),
                List.of("sh", "-c", "trap 'exit 143' TERM; : > /trapped; while true; do sleep 0.1; done"),
                List.of(),
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(
                        RuntimeLabels.POD_UID, pod.uid(),
                        RuntimeLabels.POD_NAME, pod.name(),
                        RuntimeLabels.POD_NAMESPACE, pod.namespace(),
                        RuntimeLabels.CONTAINER_NAME, "c"),
                Map.of(RuntimeLabels.HASH, "h"),
                "c-" + attempt + ".log",
                false,
                false,
                false,
                LinuxResources.NONE,
                security());
    }

    /// A signal that comes while the runtime's own first process stands where the container's will ends that one.
    private void awaitTrap(String id) {
        await().atMost(SOON)
                .until(() -> runtime()
                                .exec(id, List.of("busybox", "test", "-e", "/trapped"), EXEC)
                                .exitCode()
                        == 0);
    }

    @AfterEach
    void clear() {
        for (Sandbox sandbox : runtime().sandboxes(pod.uid())) {
            runtime().stopSandbox(sandbox.id());
            runtime().removeSandbox(sandbox.id());
        }
    }

    @Test
    void itIsNamedAndWell() {
        assertFalse(runtime().version().name().isEmpty());
        assertTrue(runtime().health().runtime().ready());
    }

    @Test
    void aSandboxIsListedWithItsPodUntilRemoved() {
        String id = runtime().runSandbox(sandbox(3));
        Sandbox listed = runtime().sandboxes(pod.uid()).getFirst();
        assertEquals(pod, listed.pod());
        assertEquals(3, listed.attempt());
        assertTrue(listed.ready());
        assertTrue(runtime().sandbox(id).orElseThrow().hostNetwork());
        runtime().stopSandbox(id);
        assertFalse(runtime().sandbox(id).orElseThrow().ready());
        runtime().removeSandbox(id);
        assertTrue(runtime().sandbox(id).isEmpty());
        assertTrue(runtime().sandboxes(pod.uid()).isEmpty());
    }

    @Test
    void aContainerLivesFromCreatedToExited() throws Exception {
        SandboxSpec spec = sandbox(0);
        String sandboxId = runtime().runSandbox(spec);
        String id = runtime().createContainer(sandboxId, container(2), spec);
        assertEquals(RunState.CREATED, runtime().container(id).orElseThrow().state());
        runtime().startContainer(id);
        RuntimeContainer running = runtime().container(id).orElseThrow();
        assertTrue(running.running());
        assertEquals(2, running.attempt());
        assertEquals("h", running.annotations().get(RuntimeLabels.HASH));
        assertEquals(sandboxId, runtime().containers(pod.uid()).getFirst().sandboxId());
        assertEquals(0, runtime().exec(id, List.of("true"), EXEC).exitCode());
        awaitTrap(id);
        Semaphore changes = new Semaphore(0);
        try (AutoCloseable _ = runtime().onChange(changes::release).orElseThrow()) {
            runtime().stopContainer(id, Duration.ofSeconds(10));
            assertTrue(changes.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS), "no event");
        }
        await().atMost(SOON).until(() -> runtime().container(id).orElseThrow().state() == RunState.EXITED);
        RuntimeContainer dead = runtime().container(id).orElseThrow();
        assertEquals(143, dead.exitCode());
        assertEquals("Error", dead.reason());
        assertFalse(dead.finishedAt().isBefore(dead.startedAt()));
        runtime().removeContainer(id);
        assertTrue(runtime().container(id).isEmpty());
    }

    @Test
    void stoppingASandboxStopsItsContainers() {
        SandboxSpec spec = sandbox(0);
        String sandboxId = runtime().runSandbox(spec);
        String id = runtime().createContainer(sandboxId, container(0), spec);
        runtime().startContainer(id);
        runtime().stopSandbox(sandboxId);
        await().atMost(SOON).until(() -> runtime().container(id).orElseThrow().state() == RunState.EXITED);
    }

    @Test
    void whatIsGoneStaysGone() {
        runtime().stopContainer("0123456789", Duration.ofSeconds(1));
        runtime().removeContainer("0123456789");
        runtime().stopSandbox("0123456789");
        runtime().removeSandbox("0123456789");
        assertTrue(runtime().container("0123456789").isEmpty());
        assertTrue(runtime().sandbox("0123456789").isEmpty());
        RuntimeFailure failure =
                assertThrows(RuntimeFailure.class, () -> runtime().startContainer("0123456789"));
        assertEquals(RuntimeFailure.Code.NOT_FOUND, failure.code());
    }

    @Test
    void imagesAreListed() {
        RuntimeImage image = runtime().image(image()).orElseThrow();
        assertTrue(image.sizeBytes() > 0);
        assertTrue(runtime().images().stream().anyMatch(i -> i.id().equals(image.id())));
    }
}
