package io.gantry.api.networking.v1.networkpolicy;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `IPBlock` of `networking.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.networking.v1.IPBlock", model = "V1IPBlock")
public record IPBlock(
        @Required String cidr,
        @ListType(ListType.Kind.ATOMIC) List<String> except) {
    public IPBlock {
        except = Copies.list(except);
    }
}
