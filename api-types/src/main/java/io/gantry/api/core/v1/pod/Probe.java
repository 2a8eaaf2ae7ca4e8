package io.gantry.api.core.v1.pod;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import org.jspecify.annotations.Nullable;

/// `Probe` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Probe", model = "V1Probe")
public record Probe(
        @Format("int32") @Nullable Integer initialDelaySeconds,
        @Format("int32") @Default("1") @Nullable Integer timeoutSeconds,
        @Format("int32") @Default("10") @Nullable Integer periodSeconds,
        @Format("int32") @Default("1") @Nullable Integer successThreshold,
        @Format("int32") @Default("3") @Nullable Integer failureThreshold,
        @Format("int64") @Nullable Long terminationGracePeriodSeconds,
        @Nullable ExecAction exec,
        @Nullable GRPCAction grpc,
        @Nullable HTTPGetAction httpGet,
        @Nullable TCPSocketAction tcpSocket) {}
