package io.gantry.api.core.v1.secret;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import io.gantry.api.schema.annotation.Format;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Secret kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.Secret", model = "V1Secret")
public record Secret(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Nullable Boolean immutable,
        @Format("byte") Map<String, String> data,
        Map<String, String> stringData,
        @Default("\"Opaque\"") @Nullable String type)
        implements KubernetesObject {
    public Secret {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        data = Copies.map(data);
        stringData = Copies.map(stringData);
    }
}
