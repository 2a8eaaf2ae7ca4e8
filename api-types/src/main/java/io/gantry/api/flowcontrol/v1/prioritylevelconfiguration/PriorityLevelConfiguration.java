package io.gantry.api.flowcontrol.v1.prioritylevelconfiguration;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The PriorityLevelConfiguration kind of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration", model = "V1PriorityLevelConfiguration")
public record PriorityLevelConfiguration(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        PriorityLevelConfigurationSpec spec,
        @Default("{}") PriorityLevelConfigurationStatus status)
        implements KubernetesObject {
    public PriorityLevelConfiguration {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? PriorityLevelConfigurationSpecBuilder.builder().build() : spec;
        status = status == null
                ? PriorityLevelConfigurationStatusBuilder.builder().build()
                : status;
    }
}
