package io.gantry.api.rbac.v1.clusterrole;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.NullWhenEmpty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ClusterRole kind of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.ClusterRole", model = "V1ClusterRole")
public record ClusterRole(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @ListType(ListType.Kind.ATOMIC) @NullWhenEmpty List<PolicyRule> rules,
        @Nullable AggregationRule aggregationRule)
        implements KubernetesObject {
    public ClusterRole {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        rules = Copies.list(rules);
    }
}
