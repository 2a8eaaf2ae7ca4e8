package io.gantry.api.meta.v1;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `APIGroup` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup", model = "V1APIGroup")
public record APIGroup(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Required String name,
        @Required @ListType(ListType.Kind.ATOMIC) List<GroupVersionForDiscovery> versions,
        @Nullable GroupVersionForDiscovery preferredVersion,
        @ListType(ListType.Kind.ATOMIC) List<ServerAddressByClientCIDR> serverAddressByClientCIDRs) {
    public APIGroup {
        versions = Copies.list(versions);
        serverAddressByClientCIDRs = Copies.list(serverAddressByClientCIDRs);
    }
}
