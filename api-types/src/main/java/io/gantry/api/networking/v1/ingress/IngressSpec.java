package io.gantry.api.networking.v1.ingress;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `IngressSpec` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IngressSpec", model = "V1IngressSpec")
public record IngressSpec(
        @Nullable String ingressClassName,
        @Nullable IngressBackend defaultBackend,
        @ListType(ListType.Kind.ATOMIC) List<IngressTLS> tls,
        @ListType(ListType.Kind.ATOMIC) List<IngressRule> rules) {
    public IngressSpec {
        tls = Copies.list(tls);
        rules = Copies.list(rules);
    }
}
