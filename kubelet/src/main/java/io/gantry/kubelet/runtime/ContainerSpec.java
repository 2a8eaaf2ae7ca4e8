package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import java.util.List;
import java.util.Map;

/// A container to create.
///
/// @param image the reference to run; `userImage` is how the pod spells it
/// @param logPath relative to the sandbox's log directory
public record ContainerSpec(
        String name,
        int attempt,
        String image,
        String userImage,
        List<String> command,
        List<String> args,
        String workingDirectory,
        List<EnvEntry> environment,
        List<MountSpec> mounts,
        List<DeviceSpec> devices,
        Map<String, String> labels,
        Map<String, String> annotations,
        String logPath,
        boolean stdin,
        boolean stdinOnce,
        boolean tty,
        LinuxResources resources,
        SecuritySpec security) {
    public ContainerSpec {
        command = List.copyOf(command);
        args = List.copyOf(args);
        environment = List.copyOf(environment);
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        labels = Copies.map(labels);
        annotations = Copies.map(annotations);
    }

    /// One environment variable.
    public record EnvEntry(String name, String value) {}

    /// One device of the host.
    public record DeviceSpec(String containerPath, String hostPath, String permissions) {}
}
