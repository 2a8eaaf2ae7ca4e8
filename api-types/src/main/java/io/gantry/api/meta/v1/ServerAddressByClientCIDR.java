package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `ServerAddressByClientCIDR` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR",
        model = "V1ServerAddressByClientCIDR")
public record ServerAddressByClientCIDR(
        @Required String clientCIDR, @Required String serverAddress) {}
