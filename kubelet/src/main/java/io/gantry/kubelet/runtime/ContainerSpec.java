package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import java.util.List;
import java.util.Map;

/// A container to create.
///
/// @param image the reference to run; `userImage` is how the pod spells it
/// @param cdiDevices devices that the runtime knows by these names (Container Device Interface)
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
        List<String> cdiDevices,
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
        cdiDevices = List.copyOf(cdiDevices);
        labels = Copies.map(labels);
        annotations = Copies.map(annotations);
    }

    /// The same with these instead, and without devices that the runtime is to find by name.
    public ContainerSpec edited(List<EnvEntry> variables, List<MountSpec> mounted, List<DeviceSpec> given) {
        return new ContainerSpec(
                name,
                attempt,
                image,
                userImage,
                command,
                args,
                workingDirectory,
                variables,
                mounted,
                given,
                List.of(),
                labels,
                annotations,
                logPath,
                stdin,
                stdinOnce,
                tty,
                resources,
                security);
    }

    /// One environment variable.
    public record EnvEntry(String name, String value) {}

    /// One device of the host.
    public record DeviceSpec(String containerPath, String hostPath, String permissions) {}
}
