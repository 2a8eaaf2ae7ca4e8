package io.gantry.apiserver.authz.rbac;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.rbac.v1.clusterrole.ClusterRole;
import io.gantry.api.rbac.v1.clusterrolebinding.ClusterRoleBinding;
import io.gantry.api.rbac.v1.role.PolicyRule;
import io.gantry.api.rbac.v1.role.Role;
import io.gantry.api.rbac.v1.rolebinding.RoleBinding;
import io.gantry.api.rbac.v1.rolebinding.RoleRef;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Nobody grants rights that he does not have himself, unless he may `escalate` the role or `bind` it (upstream
/// `pkg/registry/rbac/…/policybased`).
public final class EscalationCheck implements AdmissionPlugin {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final RbacPolicy policy;
    private final Authorizer authorizer;

    public EscalationCheck(RbacPolicy policy, Authorizer authorizer) {
        this.policy = policy;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return "RBACEscalation";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == Operation.CREATE || attributes.operation() == Operation.UPDATE;
        if (!writes || !attributes.group().equals(GROUP) || attributes.user().inGroup(UserInfo.MASTERS_GROUP)) {
            return;
        }
        switch (attributes.resource()) {
            case "roles" ->
                checkRole(
                        attributes, Json.MAPPER.treeToValue(object, Role.class).rules(), old);
            case "clusterroles" -> checkClusterRole(attributes, object, old);
            case "rolebindings" -> {
                RoleBinding binding = Json.MAPPER.treeToValue(object, RoleBinding.class);
                checkBinding(attributes, binding.roleRef());
            }
            case "clusterrolebindings" -> {
                ClusterRoleBinding binding = Json.MAPPER.treeToValue(object, ClusterRoleBinding.class);
                checkBinding(attributes, binding.roleRef());
            }
            default -> {}
        }
    }

    private void checkClusterRole(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        ClusterRole role = Json.MAPPER.treeToValue(object, ClusterRole.class);
        boolean aggregates = role.aggregationRule() != null;
        boolean same = old.map(o -> o.path("aggregationRule").equals(object.path("aggregationRule")))
                .orElse(false);
        List<PolicyRule> wanted = aggregates && !same
                ? List.of(
                        new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
                        new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")))
                : role.rules();
        checkRole(attributes, wanted, same || !aggregates ? old : Optional.empty());
    }

    private void checkRole(AdmissionAttributes attributes, List<PolicyRule> wanted, Optional<ObjectNode> old) {
        if (unchanged(wanted, old) || may("escalate", attributes, attributes.resource(), attributes.name())) {
            return;
        }
        refuseMissing(attributes, wanted);
    }

    private static boolean unchanged(List<PolicyRule> wanted, Optional<ObjectNode> old) {
        return old.map(o -> Json.MAPPER.treeToValue(o, Role.class).rules().equals(wanted))
                .orElse(false);
    }

    private void checkBinding(AdmissionAttributes attributes, RoleRef ref) {
        String resource = "ClusterRole".equals(ref.kind()) ? "clusterroles" : "roles";
        String name = ref.name() == null ? "" : ref.name();
        if (may("bind", attributes, resource, name)) {
            return;
        }
        List<PolicyRule> wanted = policy.rules(ref, attributes.namespace())
                .orElseThrow(() -> StatusException.notFound(GROUP, resource, name));
        refuseMissing(attributes, wanted);
    }

    private boolean may(String verb, AdmissionAttributes attributes, String resource, String name) {
        Attributes asked = Attributes.resource(
                attributes.user(), verb, GROUP, attributes.version(), resource, attributes.namespace(), name);
        return authorizer.decide(asked).allowed();
    }

    private void refuseMissing(AdmissionAttributes attributes, List<PolicyRule> wanted) {
        UserInfo user = attributes.user();
        List<PolicyRule> owned = policy.index().rulesOf(user, attributes.namespace()).stream()
                .map(CompiledRule::source)
                .toList();
        List<PolicyRule> missing = RuleGaps.missing(owned, wanted);
        if (missing.isEmpty()) {
            return;
        }
        String list = missing.stream().map(EscalationCheck::show).collect(Collectors.joining("\n"));
        throw StatusException.forbidden(
                GROUP,
                attributes.resource(),
                attributes.name(),
                "user \"" + user.name() + "\" (groups=" + quoted(user.groups())
                        + ") is attempting to grant RBAC permissions not currently held:\n" + list);
    }

    private static String show(PolicyRule rule) {
        StringBuilder text = new StringBuilder("{");
        if (!rule.nonResourceURLs().isEmpty()) {
            text.append("NonResourceURLs:")
                    .append(quoted(rule.nonResourceURLs()))
                    .append(", ");
        } else {
            text.append("APIGroups:").append(quoted(rule.apiGroups())).append(", Resources:");
            text.append(quoted(rule.resources())).append(", ");
            if (!rule.resourceNames().isEmpty()) {
                text.append("ResourceNames:")
                        .append(quoted(rule.resourceNames()))
                        .append(", ");
            }
        }
        return text.append("Verbs:").append(quoted(rule.verbs())).append('}').toString();
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(" ", "[", "]"));
    }
}
