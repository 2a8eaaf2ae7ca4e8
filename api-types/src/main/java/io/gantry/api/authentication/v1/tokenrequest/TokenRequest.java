package io.gantry.api.authentication.v1.tokenrequest;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import org.jspecify.annotations.Nullable;

/// The TokenRequest kind of `authentication.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.authentication.v1.TokenRequest", model = "AuthenticationV1TokenRequest")
public record TokenRequest(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        TokenRequestSpec spec,
        TokenRequestStatus status)
        implements KubernetesObject {
    public TokenRequest {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? TokenRequestSpecBuilder.builder().build() : spec;
        status = status == null ? TokenRequestStatusBuilder.builder().build() : status;
    }
}
