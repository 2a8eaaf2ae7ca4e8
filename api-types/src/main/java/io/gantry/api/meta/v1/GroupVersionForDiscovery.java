package io.gantry.api.meta.v1;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `GroupVersionForDiscovery` of `meta/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionForDiscovery",
        model = "V1GroupVersionForDiscovery")
public record GroupVersionForDiscovery(
        @Required String groupVersion, @Required String version) {}
