package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import io.gantry.api.schema.annotation.PatchStrategy;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `EphemeralContainer` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EphemeralContainer", model = "V1EphemeralContainer")
public record EphemeralContainer(
        @Nullable String targetContainerName,
        @ListType(ListType.Kind.ATOMIC) List<String> args,
        @ListType(ListType.Kind.ATOMIC) List<String> command,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<EnvVar> env,

        @ListType(ListType.Kind.ATOMIC) List<EnvFromSource> envFrom,
        @Nullable String image,

        @OneOf({"Always", "Never", "IfNotPresent"}) @Nullable
        String imagePullPolicy,

        @Nullable Lifecycle lifecycle,
        @Nullable Probe livenessProbe,
        @Required String name,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"containerPort", "protocol"})
        @PatchStrategy(value = "merge", mergeKey = "containerPort")
        List<ContainerPort> ports,

        @Nullable Probe readinessProbe,
        @ListType(ListType.Kind.ATOMIC) List<ContainerResizePolicy> resizePolicy,
        @Default("{}") @Written @Nullable ResourceRequirements resources,
        @Nullable String restartPolicy,
        @ListType(ListType.Kind.ATOMIC) List<ContainerRestartRule> restartPolicyRules,
        @Nullable SecurityContext securityContext,
        @Nullable Probe startupProbe,
        @Nullable Boolean stdin,
        @Nullable Boolean stdinOnce,
        @Default("\"/dev/termination-log\"") @Nullable String terminationMessagePath,

        @OneOf({"File", "FallbackToLogsOnError"}) @Default("\"File\"") @Nullable
        String terminationMessagePolicy,

        @Nullable Boolean tty,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"devicePath"})
        @PatchStrategy(value = "merge", mergeKey = "devicePath")
        List<VolumeDevice> volumeDevices,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"mountPath"})
        @PatchStrategy(value = "merge", mergeKey = "mountPath")
        List<VolumeMount> volumeMounts,

        @Nullable String workingDir) {
    public EphemeralContainer {
        args = Copies.list(args);
        command = Copies.list(command);
        env = Copies.list(env);
        envFrom = Copies.list(envFrom);
        ports = Copies.list(ports);
        resizePolicy = Copies.list(resizePolicy);
        restartPolicyRules = Copies.list(restartPolicyRules);
        volumeDevices = Copies.list(volumeDevices);
        volumeMounts = Copies.list(volumeMounts);
    }
}
