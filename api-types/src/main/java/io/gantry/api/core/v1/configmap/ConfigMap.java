package io.gantry.api.core.v1.configmap;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ConfigMap kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ConfigMap", model = "V1ConfigMap")
public record ConfigMap(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Nullable Boolean immutable,
        Map<String, String> data,
        @Format("byte") Map<String, String> binaryData)
        implements KubernetesObject {
    public ConfigMap {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        data = Copies.map(data);
        binaryData = Copies.map(binaryData);
    }
}
