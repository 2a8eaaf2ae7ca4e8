package io.gantry.api.core.v1.node;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;

/// `NodeSystemInfo` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.NodeSystemInfo", model = "V1NodeSystemInfo")
public record NodeSystemInfo(
        @Default("\"\"") @Required String machineID,
        @Default("\"\"") @Required String systemUUID,
        @Default("\"\"") @Required String bootID,
        @Default("\"\"") @Required String kernelVersion,
        @Default("\"\"") @Required String osImage,
        @Default("\"\"") @Required String containerRuntimeVersion,
        @Default("\"\"") @Required String kubeletVersion,
        @Default("\"\"") @Required String kubeProxyVersion,
        @Default("\"\"") @Required String operatingSystem,
        @Default("\"\"") @Required String architecture,
        @Nullable NodeSwapStatus swap) {}
