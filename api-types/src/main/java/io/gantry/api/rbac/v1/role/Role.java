package io.gantry.api.rbac.v1.role;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The Role kind of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.Role", model = "V1Role")
public record Role(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<PolicyRule> rules)
        implements KubernetesObject {
    public Role {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        rules = Copies.list(rules);
    }
}
