package io.gantry.api.core.v1.componentstatus;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ComponentStatus kind of `core/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.core.v1.ComponentStatus", model = "V1ComponentStatus")
public record ComponentStatus(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,

        @ListType(
                value = ListType.Kind.MAP,
                keys = {"type"})
        @PatchStrategy(value = "merge", mergeKey = "type")
        List<ComponentCondition> conditions)
        implements KubernetesObject {
    public ComponentStatus {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        conditions = Copies.list(conditions);
    }
}
