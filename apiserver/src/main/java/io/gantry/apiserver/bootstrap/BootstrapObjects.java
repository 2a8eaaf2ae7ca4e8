package io.gantry.apiserver.bootstrap;

import io.gantry.api.KubernetesObject;
import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.Namespace;
import io.gantry.api.core.v1.namespace.NamespaceBuilder;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.rbac.v1.role.RoleKind;
import io.gantry.api.rbac.v1.rolebinding.RoleBindingKind;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClass;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassBuilder;
import io.gantry.api.scheduling.v1.priorityclass.PriorityClassKind;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes what every cluster has, at each start of the API server, before it serves: the system namespaces, priority
/// classes, roles and bindings. What an administrator added to a role or binding stays, what he took away comes back;
/// an object whose annotation `rbac.authorization.kubernetes.io/autoupdate` is `false` is left alone.
public final class BootstrapObjects {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapObjects.class);
    private static final List<String> NAMESPACES = List.of("kube-system", "kube-public", "kube-node-lease", "default");
    private static final int CLUSTER_CRITICAL = 2_000_000_000;
    private static final int NODE_CRITICAL = 2_000_001_000;

    private final ObjectReader reader;
    private final ObjectWriter writer;

    public BootstrapObjects(ObjectReader reader, ObjectWriter writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /// The rules of the role `system:node`, as the node authorizer goes by them.
    public static List<PolicyRule> nodeRules() {
        return ComponentRoles.node();
    }

    /// Blocks until all is there. Can be run again, and by several servers at a time.
    ///
    /// @throws StatusException when the store refuses
    public void reconcile() {
        for (String name : NAMESPACES) {
            ensure(NamespaceKind.KIND, namespace(name));
        }
        UserRoles.all().forEach(role -> merge(ClusterRoleKind.KIND, role));
        ComponentRoles.all().forEach(role -> merge(ClusterRoleKind.KIND, role));
        OwnRoles.all().forEach(role -> merge(ClusterRoleKind.KIND, role));
        Bindings.clusterBindings().forEach(binding -> merge(ClusterRoleBindingKind.KIND, binding));
        Bindings.roles().forEach(role -> merge(RoleKind.KIND, role));
        Bindings.roleBindings().forEach(binding -> merge(RoleBindingKind.KIND, binding));
        ensure(
                PriorityClassKind.KIND,
                priority(
                        "system-cluster-critical",
                        CLUSTER_CRITICAL,
                        "Used for system critical pods that must run in the cluster, but can be moved to another node"
                                + " if necessary."));
        ensure(
                PriorityClassKind.KIND,
                priority(
                        "system-node-critical",
                        NODE_CRITICAL,
                        "Used for system critical pods that must not be moved from their current node."));
    }

    private static Namespace namespace(String name) {
        return NamespaceBuilder.builder()
                .apiVersion("v1")
                .kind("Namespace")
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .build();
    }

    private static PriorityClass priority(String name, int value, String description) {
        return PriorityClassBuilder.builder()
                .apiVersion("scheduling.k8s.io/v1")
                .kind("PriorityClass")
                .metadata(ObjectMetaBuilder.builder().name(name).build())
                .value(value)
                .description(description)
                .preemptionPolicy("PreemptLowerPriority")
                .build();
    }

    private <T extends KubernetesObject> void ensure(Kind<T> kind, T wanted) {
        ObjectNode tree = Trees.of(wanted);
        if (reader.get(kind, Trees.namespace(tree), Trees.name(tree)).isEmpty()) {
            create(kind, tree);
        }
    }

    private void create(Kind<?> kind, ObjectNode tree) {
        try {
            writer.create(kind, tree);
        } catch (StatusException e) {
            if (!e.isAlreadyExists()) {
                throw e;
            }
            LOG.debug("another server made {} {}", kind.name(), Trees.name(tree));
        }
    }

    private <T extends KubernetesObject> void merge(Kind<T> kind, T wanted) {
        ObjectNode tree = Trees.of(wanted);
        Optional<ObjectNode> found = reader.get(kind, Trees.namespace(tree), Trees.name(tree));
        if (found.isEmpty()) {
            create(kind, tree);
            return;
        }
        Optional<ObjectNode> merged = RoleMerge.merge(found.get(), tree);
        if (merged.isPresent()) {
            try {
                writer.update(kind, merged.get());
                LOG.info("brought {} {} back to its defaults", kind.name(), Trees.name(tree));
            } catch (StatusException e) {
                if (!e.isConflict()) {
                    throw e;
                }
                LOG.debug("another server changed {} {}", kind.name(), Trees.name(tree));
            }
        }
    }
}
