package io.gantry.kubelet.cri;

import com.google.protobuf.ByteString;
import io.gantry.kubelet.cri.v1.CDIDevice;
import io.gantry.kubelet.cri.v1.Capability;
import io.gantry.kubelet.cri.v1.ContainerConfig;
import io.gantry.kubelet.cri.v1.ContainerMetadata;
import io.gantry.kubelet.cri.v1.DNSConfig;
import io.gantry.kubelet.cri.v1.Device;
import io.gantry.kubelet.cri.v1.ImageSpec;
import io.gantry.kubelet.cri.v1.Int64Value;
import io.gantry.kubelet.cri.v1.KeyValue;
import io.gantry.kubelet.cri.v1.LinuxContainerConfig;
import io.gantry.kubelet.cri.v1.LinuxContainerResources;
import io.gantry.kubelet.cri.v1.LinuxContainerSecurityContext;
import io.gantry.kubelet.cri.v1.LinuxPodSandboxConfig;
import io.gantry.kubelet.cri.v1.LinuxSandboxSecurityContext;
import io.gantry.kubelet.cri.v1.Mount;
import io.gantry.kubelet.cri.v1.MountPropagation;
import io.gantry.kubelet.cri.v1.NamespaceMode;
import io.gantry.kubelet.cri.v1.NamespaceOption;
import io.gantry.kubelet.cri.v1.PodSandboxConfig;
import io.gantry.kubelet.cri.v1.PodSandboxMetadata;
import io.gantry.kubelet.cri.v1.PortMapping;
import io.gantry.kubelet.cri.v1.Protocol;
import io.gantry.kubelet.cri.v1.SecurityProfile;
import io.gantry.kubelet.cri.v1.SupplementalGroupsPolicy;
import io.gantry.kubelet.runtime.ContainerSpec;
import io.gantry.kubelet.runtime.DnsSpec;
import io.gantry.kubelet.runtime.LinuxResources;
import io.gantry.kubelet.runtime.MountSpec;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.runtime.PortSpec;
import io.gantry.kubelet.runtime.SandboxSpec;
import io.gantry.kubelet.runtime.SecuritySpec;

/// The port's specs as CRI messages.
final class CriSpecs {
    private CriSpecs() {}

    static PodSandboxConfig sandbox(SandboxSpec spec) {
        PodSandboxConfig.Builder config = PodSandboxConfig.newBuilder()
                .setMetadata(metadata(spec.pod(), spec.attempt()))
                .setHostname(spec.hostname())
                .setLogDirectory(spec.logDirectory())
                .putAllLabels(spec.labels())
                .putAllAnnotations(spec.annotations())
                .setLinux(linux(spec));
        if (!spec.dns().equals(DnsSpec.NONE)) {
            config.setDnsConfig(DNSConfig.newBuilder()
                    .addAllServers(spec.dns().servers())
                    .addAllSearches(spec.dns().searches())
                    .addAllOptions(spec.dns().options()));
        }
        spec.ports().forEach(port -> config.addPortMappings(port(port)));
        return config.build();
    }

    private static PodSandboxMetadata metadata(PodIdentity pod, int attempt) {
        return PodSandboxMetadata.newBuilder()
                .setName(pod.name())
                .setNamespace(pod.namespace())
                .setUid(pod.uid())
                .setAttempt(attempt)
                .build();
    }

    private static PortMapping port(PortSpec port) {
        return PortMapping.newBuilder()
                .setProtocol(Protocol.valueOf(port.protocol()))
                .setContainerPort(port.containerPort())
                .setHostPort(port.hostPort())
                .setHostIp(port.hostIp())
                .build();
    }

    private static LinuxPodSandboxConfig linux(SandboxSpec spec) {
        SecuritySpec security = spec.security();
        LinuxSandboxSecurityContext.Builder context = LinuxSandboxSecurityContext.newBuilder()
                .setNamespaceOptions(namespaces(security.namespaces()))
                .setPrivileged(security.privileged())
                .setReadonlyRootfs(security.readOnlyRoot())
                .addAllSupplementalGroups(security.supplementalGroups())
                .setSupplementalGroupsPolicy(groups(security))
                .setSeccomp(profile(security.seccomp()));
        security.user().ifPresent(user -> context.setRunAsUser(int64(user)));
        security.group().ifPresent(group -> context.setRunAsGroup(int64(group)));
        return LinuxPodSandboxConfig.newBuilder()
                .setCgroupParent(spec.cgroupParent())
                .putAllSysctls(spec.sysctls())
                .setSecurityContext(context)
                .setResources(resources(spec.resources()))
                .build();
    }

    private static NamespaceOption namespaces(SecuritySpec.Namespaces namespaces) {
        NamespaceMode pid = NamespaceMode.CONTAINER;
        if (namespaces.hostPid()) {
            pid = NamespaceMode.NODE;
        } else if (!namespaces.targetId().isEmpty()) {
            pid = NamespaceMode.TARGET;
        } else if (namespaces.sharedPid()) {
            pid = NamespaceMode.POD;
        }
        return NamespaceOption.newBuilder()
                .setNetwork(namespaces.hostNetwork() ? NamespaceMode.NODE : NamespaceMode.POD)
                .setIpc(namespaces.hostIpc() ? NamespaceMode.NODE : NamespaceMode.POD)
                .setPid(pid)
                .setTargetId(namespaces.targetId())
                .build();
    }

    static ContainerConfig container(ContainerSpec spec) {
        ContainerConfig.Builder config = ContainerConfig.newBuilder()
                .setMetadata(ContainerMetadata.newBuilder().setName(spec.name()).setAttempt(spec.attempt()))
                .setImage(ImageSpec.newBuilder().setImage(spec.image()).setUserSpecifiedImage(spec.userImage()))
                .addAllCommand(spec.command())
                .addAllArgs(spec.args())
                .setWorkingDir(spec.workingDirectory())
                .putAllLabels(spec.labels())
                .putAllAnnotations(spec.annotations())
                .setLogPath(spec.logPath())
                .setStdin(spec.stdin())
                .setStdinOnce(spec.stdinOnce())
                .setTty(spec.tty())
                .setLinux(LinuxContainerConfig.newBuilder()
                        .setResources(resources(spec.resources()))
                        .setSecurityContext(security(spec.security())));
        spec.environment()
                .forEach(entry -> config.addEnvs(
                        KeyValue.newBuilder().setKey(entry.name()).setValue(ByteString.copyFromUtf8(entry.value()))));
        spec.mounts().forEach(mount -> config.addMounts(mount(mount)));
        spec.devices()
                .forEach(device -> config.addDevices(Device.newBuilder()
                        .setContainerPath(device.containerPath())
                        .setHostPath(device.hostPath())
                        .setPermissions(device.permissions())));
        spec.cdiDevices()
                .forEach(name -> config.addCDIDevices(CDIDevice.newBuilder().setName(name)));
        return config.build();
    }

    private static Mount mount(MountSpec mount) {
        return Mount.newBuilder()
                .setContainerPath(mount.containerPath())
                .setHostPath(mount.hostPath())
                .setReadonly(mount.readOnly())
                .setPropagation(
                        switch (mount.propagation()) {
                            case PRIVATE -> MountPropagation.PROPAGATION_PRIVATE;
                            case HOST_TO_CONTAINER -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
                            case BIDIRECTIONAL -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
                        })
                .build();
    }

    private static LinuxContainerSecurityContext security(SecuritySpec spec) {
        LinuxContainerSecurityContext.Builder context = LinuxContainerSecurityContext.newBuilder()
                .setCapabilities(Capability.newBuilder()
                        .addAllAddCapabilities(spec.addCapabilities())
                        .addAllDropCapabilities(spec.dropCapabilities()))
                .setPrivileged(spec.privileged())
                .setNamespaceOptions(namespaces(spec.namespaces()))
                .setRunAsUsername(spec.userName())
                .setReadonlyRootfs(spec.readOnlyRoot())
                .addAllSupplementalGroups(spec.supplementalGroups())
                .setSupplementalGroupsPolicy(groups(spec))
                .setNoNewPrivs(spec.noNewPrivileges())
                .addAllMaskedPaths(spec.maskedPaths())
                .addAllReadonlyPaths(spec.readonlyPaths())
                .setSeccomp(profile(spec.seccomp()));
        if (spec.appArmor().type() != SecuritySpec.Profile.Type.UNSET) {
            context.setApparmor(profile(spec.appArmor()));
        }
        spec.user().ifPresent(user -> context.setRunAsUser(int64(user)));
        spec.group().ifPresent(group -> context.setRunAsGroup(int64(group)));
        return context.build();
    }

    private static SupplementalGroupsPolicy groups(SecuritySpec spec) {
        return spec.strictGroups() ? SupplementalGroupsPolicy.Strict : SupplementalGroupsPolicy.Merge;
    }

    private static SecurityProfile profile(SecuritySpec.Profile profile) {
        return SecurityProfile.newBuilder()
                .setProfileType(
                        switch (profile.type()) {
                            case RUNTIME_DEFAULT -> SecurityProfile.ProfileType.RuntimeDefault;
                            case UNCONFINED, UNSET -> SecurityProfile.ProfileType.Unconfined;
                            case LOCALHOST -> SecurityProfile.ProfileType.Localhost;
                        })
                .setLocalhostRef(profile.localhostRef())
                .build();
    }

    static LinuxContainerResources resources(LinuxResources resources) {
        return LinuxContainerResources.newBuilder()
                .setCpuShares(resources.cpuShares())
                .setCpuPeriod(resources.cpuPeriodMicros())
                .setCpuQuota(resources.cpuQuotaMicros())
                .setMemoryLimitInBytes(resources.memoryLimitBytes())
                .setOomScoreAdj(resources.oomScoreAdj())
                .build();
    }

    private static Int64Value int64(long value) {
        return Int64Value.newBuilder().setValue(value).build();
    }
}
