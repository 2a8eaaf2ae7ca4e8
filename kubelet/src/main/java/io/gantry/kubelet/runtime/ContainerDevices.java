package io.gantry.kubelet.runtime;

import io.gantry.api.Copies;
import io.gantry.kubelet.runtime.ContainerSpec.DeviceSpec;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What devices bring into a container (upstream `DeviceRunContainerOptions`).
///
/// @param cdiNames devices that the runtime knows by these names (Container Device Interface)
public record ContainerDevices(
        List<EnvEntry> environment,
        List<MountSpec> mounts,
        List<DeviceSpec> devices,
        Map<String, String> annotations,
        List<String> cdiNames) {
    public static final ContainerDevices NONE = named(List.of());

    public ContainerDevices {
        environment = Copies.list(environment);
        mounts = Copies.list(mounts);
        devices = Copies.list(devices);
        annotations = Copies.map(annotations);
        cdiNames = Copies.list(cdiNames);
    }

    /// Devices that the runtime finds by their names.
    public static ContainerDevices named(List<String> cdiNames) {
        return new ContainerDevices(List.of(), List.of(), List.of(), Map.of(), cdiNames);
    }

    /// These and more; of two with the same name the first counts.
    public ContainerDevices and(ContainerDevices more) {
        if (more.equals(NONE)) {
            return this;
        }
        Map<String, EnvEntry> variables = new LinkedHashMap<>();
        Map<String, MountSpec> mounted = new LinkedHashMap<>();
        Map<String, DeviceSpec> given = new LinkedHashMap<>();
        Map<String, String> said = new LinkedHashMap<>(more.annotations);
        for (ContainerDevices each : List.of(this, more)) {
            each.environment.forEach(entry -> variables.putIfAbsent(entry.name(), entry));
            each.mounts.forEach(mount -> mounted.putIfAbsent(mount.containerPath(), mount));
            each.devices.forEach(device -> given.putIfAbsent(device.containerPath(), device));
        }
        said.putAll(annotations);
        Set<String> names = new LinkedHashSet<>(cdiNames);
        names.addAll(more.cdiNames);
        return new ContainerDevices(
                new ArrayList<>(variables.values()),
                new ArrayList<>(mounted.values()),
                new ArrayList<>(given.values()),
                said,
                new ArrayList<>(names));
    }
}
