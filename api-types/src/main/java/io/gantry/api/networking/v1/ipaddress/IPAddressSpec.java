package io.gantry.api.networking.v1.ipaddress;

import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;

/// `IPAddressSpec` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IPAddressSpec", model = "V1IPAddressSpec")
public record IPAddressSpec(@Required ParentReference parentRef) {}
