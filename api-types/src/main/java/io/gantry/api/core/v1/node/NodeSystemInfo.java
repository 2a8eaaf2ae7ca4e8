package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `NodeSystemInfo` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSystemInfo", model = "V1NodeSystemInfo")
public record NodeSystemInfo(
        @Required String machineID,
        @Required String systemUUID,
        @Required String bootID,
        @Required String kernelVersion,
        @Required String osImage,
        @Required String containerRuntimeVersion,
        @Required String kubeletVersion,
        @Required String kubeProxyVersion,
        @Required String operatingSystem,
        @Required String architecture,
        @Nullable NodeSwapStatus swap) {}
