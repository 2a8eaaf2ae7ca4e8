package io.gantry.kubelet.simulated;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.ContainerUsage;
import io.gantry.kubelet.runtime.ExecOutcome;
import io.gantry.kubelet.runtime.ImageFilesystem;
import io.gantry.kubelet.runtime.ImageView;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.RegistryLogin;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeFailure;
import io.gantry.kubelet.runtime.RuntimeHealth;
import io.gantry.kubelet.runtime.RuntimeImage;
import io.gantry.kubelet.runtime.RuntimeVersion;
import io.gantry.kubelet.runtime.Sandbox;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.StreamOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A runtime without containers: what is created exists on a clock only. A container runs until it is stopped, or as
/// long as its pod's annotation [#RUN_SECONDS] says, and then ends with [#EXIT_CODE]; init containers end at once.
/// Thread-safe.
public final class SimulatedRuntime implements ContainerRuntime {
    /// Annotation: how long regular containers run.
    public static final String RUN_SECONDS = "simulated.gantry.io/run-seconds";

    /// Annotation: what they end with; 0 without it.
    public static final String EXIT_CODE = "simulated.gantry.io/exit-code";

    private static final long IMAGE_BYTES = 1 << 20;

    private final Clock clock;
    private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
    private final Map<String, SimulatedContainer> containers = new LinkedHashMap<>();
    private final Map<String, RuntimeImage> images = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long sequence;

    public SimulatedRuntime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RuntimeVersion version() {
        return new RuntimeVersion("simulated", "1");
    }

    @Override
    public RuntimeHealth health() {
        return new RuntimeHealth(RuntimeHealth.Condition.met(), RuntimeHealth.Condition.met(), Optional.empty());
    }

    @Override
    public synchronized List<Sandbox> sandboxes(String podUid) {
        return sandboxes.values().stream()
                .filter(s -> podUid.isEmpty() || s.pod().uid().equals(podUid))
                .sorted(Comparator.comparingLong((Sandbox s) -> number(s.id())).reversed())
                .toList();
    }

    @Override
    public synchronized Optional<Sandbox> sandbox(String sandboxId) {
        return Optional.ofNullable(sandboxes.get(sandboxId));
    }

    @Override
    public synchronized String runSandbox(SandboxSpec spec) {
        String id = nextId();
        boolean hostNetwork = spec.security().namespaces().hostNetwork();
        long n = number(id);
        List<String> ips =
                hostNetwork ? List.of() : List.of("10." + (n >> 16 & 255) + "." + (n >> 8 & 255) + "." + (n & 255));
        sandboxes.put(
                id,
                new Sandbox(
                        id,
                        spec.pod(),
                        spec.attempt(),
                        true,
                        clock.instant(),
                        ips,
                        hostNetwork,
                        spec.labels(),
                        spec.annotations()));
        return id;
    }

    private String nextId() {
        return String.format("%064x", ++sequence);
    }

    private static long number(String id) {
        return Long.parseUnsignedLong(id.substring(id.length() - 16), 16);
    }

    @Override
    public synchronized void stopSandbox(String sandboxId) {
        containers.values().stream()
                .filter(c -> c.sandboxId().equals(sandboxId))
                .forEach(c -> c.stop(clock.instant()));
        sandboxes.computeIfPresent(
                sandboxId,
                (id, s) -> new Sandbox(
                        id,
                        s.pod(),
                        s.attempt(),
                        false,
                        s.createdAt(),
                        s.ips(),
                        s.hostNetwork(),
                        s.labels(),
                        s.annotations()));
        changed();
    }

    @Override
    public synchronized void removeSandbox(String sandboxId) {
        sandboxes.remove(sandboxId);
        containers.values().removeIf(c -> c.sandboxId().equals(sandboxId));
    }

    @Override
    public synchronized List<RuntimeContainer> containers(String podUid) {
        return containers.values().stream()
                .map(c -> c.observe(clock.instant()))
                .filter(c -> podUid.isEmpty() || c.pod().uid().equals(podUid))
                .sorted(Comparator.comparingLong((RuntimeContainer c) -> number(c.id()))
                        .reversed())
                .toList();
    }

    @Override
    public synchronized Optional<RuntimeContainer> container(String containerId) {
        return Optional.ofNullable(containers.get(containerId)).map(c -> c.observe(clock.instant()));
    }

    @Override
    public synchronized String createContainer(String sandboxId, ContainerSpec spec, SandboxSpec sandbox) {
        if (sandbox(sandboxId).filter(Sandbox::ready).isEmpty()) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.NOT_FOUND, "rpc error: code = NotFound desc = sandbox not found", null);
        }
        String id = nextId();
        containers.put(id, new SimulatedContainer(id, sandboxId, spec, sandbox, clock.instant()));
        return id;
    }

    @Override
    public synchronized void startContainer(String containerId) {
        SimulatedContainer container = containers.get(containerId);
        if (container == null) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.NOT_FOUND, "rpc error: code = NotFound desc = container not found", null);
        }
        container.start(clock.instant());
        container.life().ifPresent(life -> Thread.ofVirtual().start(() -> changedAfter(life)));
    }

    /// Tells listeners when a container's time is over.
    private void changedAfter(Duration life) {
        try {
            boolean never = new CountDownLatch(1).await(life.toMillis() + 1, TimeUnit.MILLISECONDS);
            if (!never) {
                changed();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stopContainer(String containerId, Duration timeout) {
        SimulatedContainer container = containers.get(containerId);
        if (container != null) {
            container.stop(clock.instant());
            changed();
        }
    }

    @Override
    public synchronized void removeContainer(String containerId) {
        containers.remove(containerId);
    }

    @Override
    public void updateResources(String containerId, LinuxResources resources) {}

    @Override
    public void reopenLog(String containerId) {}

    @Override
    public ExecOutcome exec(String containerId, List<String> command, Duration timeout) {
        if (container(containerId).filter(c -> c.state() == RunState.RUNNING).isEmpty()) {
            throw new RuntimeFailure(
                    RuntimeFailure.Code.NOT_FOUND, "rpc error: code = NotFound desc = container not running", null);
        }
        return new ExecOutcome(0, "", "");
    }

    @Override
    public URI exec(String containerId, List<String> command, StreamOptions options) {
        throw unsupported("exec");
    }

    @Override
    public URI attach(String containerId, StreamOptions options) {
        throw unsupported("attach");
    }

    @Override
    public URI portForward(String sandboxId, List<Integer> ports) {
        throw unsupported("port-forward");
    }

    private static RuntimeFailure unsupported(String what) {
        return new RuntimeFailure(
                RuntimeFailure.Code.UNIMPLEMENTED, what + " is not supported: the containers are simulated", null);
    }

    @Override
    public synchronized List<RuntimeImage> images() {
        return List.copyOf(images.values());
    }

    /// Every image is there.
    @Override
    public synchronized Optional<RuntimeImage> image(String reference) {
        return Optional.of(images.computeIfAbsent(
                reference,
                r -> new RuntimeImage(
                        "simulated:" + r, List.of(r), List.of(), IMAGE_BYTES, OptionalLong.empty(), "", false)));
    }

    @Override
    public String pullImage(String reference, Optional<RegistryLogin> login, SandboxSpec sandbox) {
        return image(reference).map(RuntimeImage::id).orElse(reference);
    }

    @Override
    public synchronized void removeImage(String reference) {
        images.values().removeIf(i -> i.id().equals(reference) || i.tags().contains(reference));
    }

    @Override
    public ImageView viewImage(String reference, String key) {
        return new ImageView("tmpfs", "tmpfs", List.of("ro"));
    }

    @Override
    public void releaseImageView(String key) {}

    @Override
    public ImageFilesystem imageFilesystem() {
        return new ImageFilesystem("/", 0, 0);
    }

    @Override
    public List<ContainerUsage> usage() {
        return List.of();
    }

    @Override
    public void podCidr(String cidr) {}

    @Override
    public Optional<AutoCloseable> onChange(Runnable listener) {
        synchronized (listeners) {
            listeners.add(listener);
        }
        return Optional.of(() -> {
            synchronized (listeners) {
                listeners.remove(listener);
            }
        });
    }

    private void changed() {
        synchronized (listeners) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public void close() {}
}
