package io.gantry.apiserver.authz.rbac;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.Kind;
import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.clusterrole.ClusterRoleKind;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBinding;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBindingKind;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.rbac.v1.role.Role;
import io.gantry.api.rbac.v1.role.RoleKind;
import io.gantry.api.rbac.v1.rolebinding.RoleBinding;
import io.gantry.api.rbac.v1.rolebinding.RoleBindingKind;
import io.gantry.api.rbac.v1.rolebinding.RoleRef;
import io.gantry.api.rbac.v1.rolebinding.Subject;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.apiserver.objects.ObjectListener;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// All roles and bindings, kept up to date, and the index over them. A change marks the index as stale; the
/// next decision builds it anew, so that a thousand changes in a row cost one build, and a revoked right
/// never outlives its change.
///
/// Aggregated cluster roles are computed here, at read: what selects them counts although no controller has written it.
/// Thread-safe.
public final class RbacPolicy {
    private final Map<String, Role> roles = new TreeMap<>();
    private final Map<String, ClusterRole> clusterRoles = new TreeMap<>();
    private final Map<String, RoleBinding> bindings = new TreeMap<>();
    private final Map<String, ClusterRoleBinding> clusterBindings = new TreeMap<>();
    private volatile RbacIndex index = RbacIndex.EMPTY;
    private volatile boolean stale;

    /// Starts to follow the reader; blocks until its caches are loaded.
    public static RbacPolicy follow(ObjectReader reader) {
        RbacPolicy policy = new RbacPolicy();
        policy.follow(reader, RoleKind.KIND, policy.roles);
        policy.follow(reader, ClusterRoleKind.KIND, policy.clusterRoles);
        policy.follow(reader, RoleBindingKind.KIND, policy.bindings);
        policy.follow(reader, ClusterRoleBindingKind.KIND, policy.clusterBindings);
        return policy;
    }

    RbacIndex index() {
        if (!stale) {
            return index;
        }
        synchronized (this) {
            if (stale) {
                index = build();
                stale = false;
            }
            return index;
        }
    }

    /// The rules of a role that a binding refers to; empty when there is no such role.
    synchronized Optional<List<PolicyRule>> rules(RoleRef ref, String namespace) {
        String name = ref.name() == null ? "" : ref.name();
        if ("ClusterRole".equals(ref.kind())) {
            return Optional.ofNullable(clusterRoles.get(name)).map(this::effective);
        }
        return Optional.ofNullable(roles.get(namespace + "/" + name)).map(Role::rules);
    }

    /// What an aggregated role has, or would have.
    synchronized List<PolicyRule> effective(ClusterRole role) {
        if (role.aggregationRule() == null) {
            return role.rules();
        }
        List<PolicyRule> rules = new ArrayList<>(role.rules());
        for (ClusterRole other : clusterRoles.values()) {
            boolean selected = role.aggregationRule().clusterRoleSelectors().stream()
                    .anyMatch(selector ->
                            LabelSelectors.matches(selector, other.metadata().labels()));
            if (selected && other.aggregationRule() == null) {
                other.rules().stream().filter(rule -> !rules.contains(rule)).forEach(rules::add);
            } else if (selected
                    && !String.valueOf(other.metadata().name())
                            .equals(role.metadata().name())) {
                effective(other).stream().filter(rule -> !rules.contains(rule)).forEach(rules::add);
            }
        }
        return rules;
    }

    private RbacIndex build() {
        RbacIndex.Builder builder = new RbacIndex.Builder();
        Map<String, List<CompiledRule>> compiled = new TreeMap<>();
        for (ClusterRoleBinding binding : clusterBindings.values()) {
            String name = String.valueOf(binding.metadata().name());
            grant(builder, compiled, "ClusterRoleBinding", name, "", binding.roleRef(), binding.subjects());
        }
        bindings.forEach((key, binding) -> {
            String namespace = String.valueOf(binding.metadata().namespace());
            grant(builder, compiled, "RoleBinding", key, namespace, binding.roleRef(), binding.subjects());
        });
        return builder.build();
    }

    private void grant(
            RbacIndex.Builder builder,
            Map<String, List<CompiledRule>> compiled,
            String kind,
            String name,
            String namespace,
            RoleRef ref,
            List<Subject> subjects) {
        boolean cluster = "ClusterRole".equals(ref.kind());
        List<CompiledRule> rules = compiled.computeIfAbsent(
                (cluster ? "" : namespace) + "/" + ref.name(),
                role -> rules(ref, namespace).orElse(List.of()).stream()
                        .map(CompiledRule::of)
                        .toList());
        if (rules.isEmpty()) {
            return;
        }
        for (Subject subject : subjects) {
            SubjectKey.of(subject, namespace)
                    .ifPresent(key -> builder.add(namespace, key, why(kind, name, ref, subject, rules)));
        }
    }

    private static RbacIndex.Grant why(
            String kind, String name, RoleRef ref, Subject subject, List<CompiledRule> rules) {
        String whom = "ServiceAccount".equals(subject.kind())
                ? "ServiceAccount \"" + subject.name() + "/" + subject.namespace() + "\""
                : subject.kind() + " \"" + subject.name() + "\"";
        return new RbacIndex.Grant(
                "RBAC: allowed by " + kind + " \"" + name + "\" of " + ref.kind() + " \"" + ref.name() + "\" to "
                        + whom,
                rules);
    }

    private <T extends KubernetesObject> void follow(ObjectReader reader, Kind<T> kind, Map<String, T> objects) {
        Consumer<ObjectNode> keep = tree -> objects.put(key(kind, tree), Json.MAPPER.treeToValue(tree, kind.type()));
        reader.watch(kind, new ObjectListener() {
            @Override
            public void replaced(List<ObjectNode> all) {
                change(() -> {
                    objects.clear();
                    all.forEach(keep);
                });
            }

            @Override
            public void put(ObjectNode now) {
                change(() -> keep.accept(now));
            }

            @Override
            public void deleted(ObjectNode last) {
                change(() -> objects.remove(key(kind, last)));
            }
        });
    }

    private synchronized void change(Runnable change) {
        change.run();
        stale = true;
    }

    private static String key(Kind<?> kind, ObjectNode tree) {
        return kind.namespaced() ? Trees.namespace(tree) + "/" + Trees.name(tree) : Trees.name(tree);
    }
}
