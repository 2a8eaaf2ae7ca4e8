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

/// `Container` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Container", model = "V1Container")
public record Container(
        @Required String name,
        @Nullable String image,
        @ListType(ListType.Kind.ATOMIC) List<String> command,
        @ListType(ListType.Kind.ATOMIC) List<String> args,
        @Nullable String workingDir,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"containerPort", "protocol"})
        @PatchStrategy(value = "merge", mergeKey = "containerPort")
        List<ContainerPort> ports,

        @ListType(ListType.Kind.ATOMIC) List<EnvFromSource> envFrom,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"name"})
        @PatchStrategy(value = "merge", mergeKey = "name")
        List<EnvVar> env,

        @Default("{}") @Written @Nullable ResourceRequirements resources,
        @ListType(ListType.Kind.ATOMIC) List<ContainerResizePolicy> resizePolicy,
        @Nullable String restartPolicy,
        @ListType(ListType.Kind.ATOMIC) List<ContainerRestartRule> restartPolicyRules,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"mountPath"})
        @PatchStrategy(value = "merge", mergeKey = "mountPath")
        List<VolumeMount> volumeMounts,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"devicePath"})
        @PatchStrategy(value = "merge", mergeKey = "devicePath")
        List<VolumeDevice> volumeDevices,

        @Nullable Probe livenessProbe,
        @Nullable Probe readinessProbe,
        @Nullable Probe startupProbe,
        @Nullable Lifecycle lifecycle,
        @Default("\"/dev/termination-log\"") @Nullable String terminationMessagePath,

        @OneOf({"File", "FallbackToLogsOnError"}) @Default("\"File\"") @Nullable
        String terminationMessagePolicy,

        @OneOf({"Always", "Never", "IfNotPresent"}) @Nullable
        String imagePullPolicy,

        @Nullable SecurityContext securityContext,
        @Nullable Boolean stdin,
        @Nullable Boolean stdinOnce,
        @Nullable Boolean tty) {
    public Container {
        command = Copies.list(command);
        args = Copies.list(args);
        ports = Copies.list(ports);
        envFrom = Copies.list(envFrom);
        env = Copies.list(env);
        resizePolicy = Copies.list(resizePolicy);
        restartPolicyRules = Copies.list(restartPolicyRules);
        volumeMounts = Copies.list(volumeMounts);
        volumeDevices = Copies.list(volumeDevices);
    }
}
