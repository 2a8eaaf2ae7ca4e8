package io.gantry.api.networking.v1.ingress;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `IngressTLS` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressTLS", model = "V1IngressTLS")
public record IngressTLS(
        @ListType(ListType.Kind.ATOMIC) List<String> hosts,
        @Nullable String secretName) {
    public IngressTLS {
        hosts = Copies.list(hosts);
    }
}
