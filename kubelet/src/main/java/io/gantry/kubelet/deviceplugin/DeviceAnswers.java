package io.gantry.kubelet.deviceplugin;

import io.gantry.kubelet.deviceplugin.v1beta1.CDIDevice;
import io.gantry.kubelet.deviceplugin.v1beta1.ContainerAllocateResponse;
import io.gantry.kubelet.runtime.ContainerDevices;
import io.gantry.kubelet.runtime.ContainerSpec.DeviceSpec;
import io.gantry.kubelet.runtime.ContainerSpec.EnvEntry;
import io.gantry.kubelet.runtime.MountSpec;
import java.util.Map;
import java.util.TreeMap;

/// What a plugin's answer brings into a container. Pure.
final class DeviceAnswers {
    private DeviceAnswers() {}

    static ContainerDevices given(ContainerAllocateResponse answer) {
        Map<String, String> variables = new TreeMap<>(answer.getEnvsMap());
        return new ContainerDevices(
                variables.entrySet().stream()
                        .map(entry -> new EnvEntry(entry.getKey(), entry.getValue()))
                        .toList(),
                answer.getMountsList().stream()
                        .map(mount -> MountSpec.of(mount.getContainerPath(), mount.getHostPath(), mount.getReadOnly()))
                        .toList(),
                answer.getDevicesList().stream()
                        .map(device -> new DeviceSpec(
                                device.getContainerPath(), device.getHostPath(), device.getPermissions()))
                        .toList(),
                new TreeMap<>(answer.getAnnotationsMap()),
                answer.getCdiDevicesList().stream().map(CDIDevice::getName).toList());
    }
}
