package io.gantry.api.core.v1.limitrange;

import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import io.gantry.api.schema.annotation.Required;
import java.util.List;

/// `LimitRangeSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LimitRangeSpec", model = "V1LimitRangeSpec")
public record LimitRangeSpec(
        @Required @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty
        List<LimitRangeItem> limits) {
    public LimitRangeSpec {
        limits = Copies.list(limits);
    }
}
