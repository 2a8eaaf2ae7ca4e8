package io.gantry.api.rbac.v1.clusterrolebinding;

import io.gantry.api.Copies;
import io.gantry.api.KubernetesObject;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.rbac.v1.rolebinding.RoleRef;
import io.gantry.api.rbac.v1.rolebinding.Subject;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The ClusterRoleBinding kind of `rbac.authorization.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(openApi = "io.k8s.api.rbac.v1.ClusterRoleBinding", model = "V1ClusterRoleBinding")
public record ClusterRoleBinding(
        @Nullable String apiVersion,
        @Nullable String kind,
        ObjectMeta metadata,
        @ListType(ListType.Kind.ATOMIC) List<Subject> subjects,
        @Required @Written RoleRef roleRef)
        implements KubernetesObject {
    public ClusterRoleBinding {
        metadata = metadata == null ? ObjectMetaBuilder.builder().build() : metadata;
        subjects = Copies.list(subjects);
    }
}
