package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `EphemeralContainer` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.EphemeralContainer", model = "V1EphemeralContainer")
public record EphemeralContainer(
        @Nullable String targetContainerName,
        List<String> args,
        List<String> command,
        List<EnvVar> env,
        List<EnvFromSource> envFrom,
        @Nullable String image,
        @Nullable String imagePullPolicy,
        @Nullable Lifecycle lifecycle,
        @Nullable Probe livenessProbe,
        @Required String name,
        List<ContainerPort> ports,
        @Nullable Probe readinessProbe,
        List<ContainerResizePolicy> resizePolicy,
        @Default("{}") @Nullable ResourceRequirements resources,
        @Nullable String restartPolicy,
        List<ContainerRestartRule> restartPolicyRules,
        @Nullable SecurityContext securityContext,
        @Nullable Probe startupProbe,
        @Nullable Boolean stdin,
        @Nullable Boolean stdinOnce,
        @Default("\"/dev/termination-log\"") @Nullable String terminationMessagePath,
        @Default("\"File\"") @Nullable String terminationMessagePolicy,
        @Nullable Boolean tty,
        List<VolumeDevice> volumeDevices,
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
