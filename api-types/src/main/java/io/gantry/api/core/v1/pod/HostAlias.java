package io.gantry.api.core.v1.pod;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `HostAlias` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.HostAlias", model = "V1HostAlias")
public record HostAlias(
        @Required String ip, @ListType(ListType.Kind.ATOMIC) List<String> hostnames) {
    public HostAlias {
        hostnames = Copies.list(hostnames);
    }
}
