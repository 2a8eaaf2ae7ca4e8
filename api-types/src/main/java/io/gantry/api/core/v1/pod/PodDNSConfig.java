package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import java.util.List;

/// `PodDNSConfig` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.PodDNSConfig", model = "V1PodDNSConfig")
public record PodDNSConfig(
        @ListType(ListType.Kind.ATOMIC) List<String> nameservers,
        @ListType(ListType.Kind.ATOMIC) List<String> searches,
        @ListType(ListType.Kind.ATOMIC) List<PodDNSConfigOption> options) {
    public PodDNSConfig {
        nameservers = Copies.list(nameservers);
        searches = Copies.list(searches);
        options = Copies.list(options);
    }
}
