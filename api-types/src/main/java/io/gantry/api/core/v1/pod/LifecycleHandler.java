package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// `LifecycleHandler` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LifecycleHandler", model = "V1LifecycleHandler")
public record LifecycleHandler(
        @Nullable ExecAction exec,
        @Nullable HTTPGetAction httpGet,
        @Nullable TCPSocketAction tcpSocket,
        @Nullable SleepAction sleep) {}
