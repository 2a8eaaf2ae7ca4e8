package io.gantry.apiserver.bootstrap;

import io.gantry.api.meta.v1.LabelSelectorBuilder;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.meta.v1.ObjectMetaBuilder;
import io.gantry.api.rbac.v1.clusterrole.AggregationRule;
import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBinding;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.rbac.v1.role.Role;
import io.gantry.api.rbac.v1.rolebinding.RoleBinding;
import io.gantry.api.rbac.v1.rolebinding.RoleRef;
import io.gantry.api.rbac.v1.rolebinding.RoleRefBuilder;
import io.gantry.api.rbac.v1.rolebinding.Subject;
import io.gantry.api.rbac.v1.rolebinding.SubjectBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes roles and bindings with upstream's marks: they are brought back at each start of the server unless their
/// `autoupdate` annotation says `false`.
final class Roles {
    static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";
    private static final String API_VERSION = "rbac.authorization.k8s.io/v1";
    private static final String RBAC = "rbac.authorization.k8s.io";

    private Roles() {}

    static ClusterRole role(String name, PolicyRule... rules) {
        return labelled(name, Map.of(), List.of(rules));
    }

    static ClusterRole labelled(String name, Map<String, String> labels, List<PolicyRule> rules) {
        return new ClusterRole(API_VERSION, "ClusterRole", meta(name, "", labels), rules, null);
    }

    /// A role with the rules of every role that has the label.
    static ClusterRole aggregate(String name, Map<String, String> labels, String label) {
        AggregationRule rule = new AggregationRule(List.of(LabelSelectorBuilder.builder()
                .matchLabels(Map.of(label, "true"))
                .build()));
        return new ClusterRole(API_VERSION, "ClusterRole", meta(name, "", labels), List.of(), rule);
    }

    static Role role(String namespace, String name, PolicyRule... rules) {
        return new Role(API_VERSION, "Role", meta(name, namespace, Map.of()), List.of(rules));
    }

    /// @param subjects `User:x`, `Group:x` or `ServiceAccount:namespace/x`
    static ClusterRoleBinding bind(String name, String role, String... subjects) {
        return new ClusterRoleBinding(
                API_VERSION,
                "ClusterRoleBinding",
                meta(name, "", Map.of()),
                subjects(subjects),
                ref("ClusterRole", role));
    }

    /// @param kind of the role
    static RoleBinding bindIn(String namespace, String name, String kind, String role, String... subjects) {
        return new RoleBinding(
                API_VERSION, "RoleBinding", meta(name, namespace, Map.of()), subjects(subjects), ref(kind, role));
    }

    private static RoleRef ref(String kind, String name) {
        return RoleRefBuilder.builder().apiGroup(RBAC).kind(kind).name(name).build();
    }

    private static List<Subject> subjects(String... texts) {
        return Arrays.stream(texts).map(Roles::subject).toList();
    }

    private static Subject subject(String text) {
        String kind = text.substring(0, text.indexOf(':'));
        String name = text.substring(text.indexOf(':') + 1);
        if (kind.equals("ServiceAccount")) {
            int slash = name.indexOf('/');
            return SubjectBuilder.builder()
                    .kind(kind)
                    .name(name.substring(slash + 1))
                    .namespace(name.substring(0, slash))
                    .build();
        }
        return SubjectBuilder.builder().apiGroup(RBAC).kind(kind).name(name).build();
    }

    private static ObjectMeta meta(String name, String namespace, Map<String, String> labels) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kubernetes.io/bootstrapping", "rbac-defaults");
        all.putAll(labels);
        return ObjectMetaBuilder.builder()
                .name(name)
                .namespace(namespace.isEmpty() ? null : namespace)
                .labels(all)
                .annotations(Map.of(AUTOUPDATE, "true"))
                .build();
    }
}
