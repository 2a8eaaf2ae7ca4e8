package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `APIVersions` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.APIVersions", model = "V1APIVersions")
public record APIVersions(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Required @ListType(ListType.Kind.ATOMIC) List<String> versions,
        @Required @ListType(ListType.Kind.ATOMIC) List<ServerAddressByClientCIDR> serverAddressByClientCIDRs) {
    public APIVersions {
        versions = Copies.list(versions);
        serverAddressByClientCIDRs = Copies.list(serverAddressByClientCIDRs);
    }
}
