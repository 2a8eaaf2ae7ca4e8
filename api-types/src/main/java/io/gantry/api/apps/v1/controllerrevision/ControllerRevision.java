package io.gantry.api.apps.v1.controllerrevision;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The ControllerRevision kind of `apps/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.apps.v1.ControllerRevision", model = "V1ControllerRevision")
public record ControllerRevision(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @Nullable JsonNode data,
        @Required @Format("int64") Long revision)
        implements KubernetesObject {
    public ControllerRevision {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
    }
}
