package io.gantry.api.storage.v1.volumeattributesclass;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The VolumeAttributesClass kind of `storage.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.storage.v1.VolumeAttributesClass", model = "V1VolumeAttributesClass")
public record VolumeAttributesClass(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Required String driverName,
        Map<String, String> parameters)
        implements KubernetesObject {
    public VolumeAttributesClass {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        parameters = Copies.map(parameters);
    }
}
