package io.gantry.kubelet.pod;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RunState;
import io.gantry.kubelet.runtime.RuntimeContainer;
import io.gantry.kubelet.runtime.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the runtime holds of one pod, newest first; the newest sandbox comes with its addresses.
public record ObservedPod(List<Sandbox> sandboxes, List<RuntimeContainer> containers) {
    public static final ObservedPod NOTHING = new ObservedPod(List.of(), List.of());

    public ObservedPod {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
    }

    public Optional<Sandbox> newestSandbox() {
        return sandboxes.stream().findFirst();
    }

    /// The newest sandbox if it can hold containers.
    public Optional<Sandbox> readySandbox() {
        return newestSandbox().filter(Sandbox::ready);
    }

    public Optional<RuntimeContainer> latest(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /// The latest that has ended, whatever came after it: what the time between restarts is counted from.
    public Optional<RuntimeContainer> lastEnded(String name) {
        return containers.stream()
                .filter(c -> c.name().equals(name) && c.state() == RunState.EXITED)
                .findFirst();
    }

    /// The one before the latest.
    public Optional<RuntimeContainer> previous(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).skip(1).findFirst();
    }

    /// The latest of this name in the newest sandbox: what counts for initialization.
    public Optional<RuntimeContainer> current(String name) {
        return latest(name)
                .filter(c ->
                        newestSandbox().map(s -> s.id().equals(c.sandboxId())).orElse(false));
    }

    /// Containers that run, and init containers that ran to their end, by name.
    public Set<String> begun(Pod pod) {
        return PodContainer.all(pod).stream()
                .filter(container -> latest(container.name())
                        .filter(c -> c.running()
                                || container.role() == PodContainer.Role.INIT
                                        && c.state() == RunState.EXITED
                                        && c.exitCode() == 0)
                        .isPresent())
                .map(PodContainer::name)
                .collect(Collectors.toSet());
    }

    public List<RuntimeContainer> running() {
        return containers.stream().filter(RuntimeContainer::running).toList();
    }
}
