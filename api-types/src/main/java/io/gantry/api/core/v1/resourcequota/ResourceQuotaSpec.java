package io.gantry.api.core.v1.resourcequota;

import io.gantry.api.Copies;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.OneOf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `ResourceQuotaSpec` of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ResourceQuotaSpec", model = "V1ResourceQuotaSpec")
public record ResourceQuotaSpec(
        Map<String, Quantity> hard,

        @ListType(ListType.Kind.ATOMIC)
        @OneOf(
                value = {
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass"
                },
                byRules = true)
        List<String> scopes,

        @Nullable ScopeSelector scopeSelector) {
    public ResourceQuotaSpec {
        hard = Copies.map(hard);
        scopes = Copies.list(scopes);
    }
}
