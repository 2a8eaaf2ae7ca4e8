package io.gantry.kubelet.pod;

import io.gantry.kubelet.runtime.ContainerRuntime;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.RuntimeLabels;
import io.gantry.kubelet.runtime.Sandbox;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what the runtime holds of a pod. Thread-safe.
public final class PodObserver {
    private static final Logger LOG = LoggerFactory.getLogger(PodObserver.class);
    private static final int MAX_MESSAGE_BYTES = 4096;
    private static final int MAX_LOG_BYTES = 2048;
    private static final int MAX_LOG_LINES = 80;

    private final ContainerRuntime runtime;

    public PodObserver(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    public ObservedPod observe(String podUid) {
        List<Sandbox> sandboxes = new ArrayList<>(runtime.sandboxes(podUid));
        if (!sandboxes.isEmpty()) {
            Optional<Sandbox> full = runtime.sandbox(sandboxes.getFirst().id());
            full.ifPresent(sandbox -> sandboxes.set(0, sandbox));
        }
        List<RuntimeContainer> containers = new ArrayList<>();
        for (RuntimeContainer listed : runtime.containers(podUid)) {
            runtime.container(listed.id()).ifPresent(full -> containers.add(merge(listed, full)));
        }
        return new ObservedPod(sandboxes, containers);
    }

    private static RuntimeContainer merge(RuntimeContainer listed, RuntimeContainer full) {
        return new RuntimeContainer(
                full.id(),
                listed.sandboxId(),
                full.pod(),
                full.name(),
                full.attempt(),
                full.state(),
                full.createdAt(),
                full.startedAt(),
                full.finishedAt(),
                full.exitCode(),
                full.reason(),
                full.state() == RunState.EXITED ? message(full) : full.message(),
                full.image(),
                full.imageRef(),
                full.logPath(),
                full.mounts(),
                full.annotations());
    }

    /// What the container wrote as its termination message, else the end of its log where it asks for that.
    private static String message(RuntimeContainer container) {
        Map<String, String> annotations = container.annotations();
        String path = annotations.getOrDefault(RuntimeLabels.TERMINATION_MESSAGE_PATH, "");
        String written = container.mounts().stream()
                .filter(m -> m.containerPath().equals(path))
                .findFirst()
                .map(MountSpec::hostPath)
                .map(file -> tail(Path.of(file), MAX_MESSAGE_BYTES))
                .orElse("");
        if (!written.isEmpty()) {
            return written;
        }
        boolean fromLog = "FallbackToLogsOnError".equals(annotations.get(RuntimeLabels.TERMINATION_MESSAGE_POLICY));
        if (fromLog && container.exitCode() != 0 && !container.logPath().isEmpty()) {
            return logTail(Path.of(container.logPath()));
        }
        return container.message();
    }

    static String logTail(Path log) {
        List<String> lines = Arrays.stream(tail(log, MAX_LOG_BYTES * 4).split("\n"))
                .map(PodObserver::content)
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - MAX_LOG_LINES), lines.size());
        String text = String.join("", last);
        return text.length() > MAX_LOG_BYTES ? text.substring(text.length() - MAX_LOG_BYTES) : text;
    }

    /// A line of the runtime's log without time, stream and tag, which says whether the container ended the line.
    private static String content(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length < 4) {
            return "";
        }
        return parts[2].startsWith("P") ? parts[3] : parts[3] + "\n";
    }

    private static String tail(Path file, int maxBytes) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long skip = Math.max(0, in.length() - maxBytes);
            in.seek(skip);
            byte[] bytes = new byte[(int) (in.length() - skip)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            LOG.debug("cannot read {}", file, failure);
            return "Error on reading termination log " + file + ": " + failure.getMessage();
        }
    }
}
