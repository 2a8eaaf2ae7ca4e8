package io.gantry.api.core.v1.limitrange;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;

/// `LimitRangeItem` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.LimitRangeItem", model = "V1LimitRangeItem")
public record LimitRangeItem(
        @Required String type,
        Map<String, Quantity> max,
        Map<String, Quantity> min,
        @JsonProperty("default") Map<String, Quantity> default_,
        Map<String, Quantity> defaultRequest,
        Map<String, Quantity> maxLimitRequestRatio) {
    public LimitRangeItem {
        max = Copies.map(max);
        min = Copies.map(min);
        default_ = Copies.map(default_);
        defaultRequest = Copies.map(defaultRequest);
        maxLimitRequestRatio = Copies.map(maxLimitRequestRatio);
    }
}
