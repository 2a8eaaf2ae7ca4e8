package io.gantry.api.flowcontrol.v1.flowschema;

import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Default;
import org.jspecify.annotations.Nullable;

/// The FlowSchema kind of `flowcontrol.apiserver.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.flowcontrol.v1.FlowSchema", model = "V1FlowSchema")
public record FlowSchema(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        FlowSchemaSpec spec,
        @Default("{}") FlowSchemaStatus status)
        implements KubernetesObject {
    public FlowSchema {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        spec = spec == null ? FlowSchemaSpecBuilder.builder().build() : spec;
        status = status == null ? FlowSchemaStatusBuilder.builder().build() : status;
    }
}
