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
import tools.jackson.databind.node.ObjectNode;

/// Nobody grants rights that he does not have himself, unless he may `escalate` the role or `bind` it (upstream
/// `pkg/registry/rbac/…/policybased`). Labels count as grants: a role that is labelled is gathered by aggregations.
public final class EscalationCheck implements AdmissionPlugin {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private static final List<PolicyRule> FULL_AUTHORITY = List.of(
            new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
            new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

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
        if (changesOnlyWhatCollectionNeeds(object, old)) {
            return;
        }
        switch (attributes.resource()) {
            case "roles" -> checkRole(attributes, object);
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

    private void checkRole(AdmissionAttributes attributes, ObjectNode object) {
        if (mayEscalate(attributes)) {
            return;
        }
        refuseMissing(attributes, Json.MAPPER.treeToValue(object, Role.class).rules());
    }

    /// An aggregation can gather any rule, and taking one away keeps what it gathered: both want all rights.
    private void checkClusterRole(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        if (mayEscalate(attributes)) {
            return;
        }
        refuseMissing(
                attributes, Json.MAPPER.treeToValue(object, ClusterRole.class).rules());
        boolean aggregates =
                aggregates(object) || old.filter(EscalationCheck::aggregates).isPresent();
        if (aggregates && !missing(attributes, FULL_AUTHORITY).isEmpty()) {
            throw StatusException.forbidden(
                    GROUP,
                    attributes.resource(),
                    attributes.name(),
                    "must have cluster-admin privileges to use the aggregationRule");
        }
    }

    private static boolean aggregates(ObjectNode clusterRole) {
        return !clusterRole.path("aggregationRule").path("clusterRoleSelectors").isEmpty();
    }

    private void checkBinding(AdmissionAttributes attributes, RoleRef ref) {
        String resource = "ClusterRole".equals(ref.kind()) ? "clusterroles" : "roles";
        String name = ref.name() == null ? "" : ref.name();
        if (may("bind", attributes, resource, name)) {
            return;
        }
        // An absent role is told of under the resource of the request, as upstream's store does.
        List<PolicyRule> wanted = policy.rules(ref, attributes.namespace())
                .orElseThrow(() -> StatusException.notFound(GROUP, attributes.resource(), name));
        refuseMissing(attributes, wanted);
    }

    /// A name in the body of a creation is none of the request's, so a right to escalate by name does not cover it.
    private boolean mayEscalate(AdmissionAttributes attributes) {
        String name = attributes.verb().equals("create") ? "" : attributes.name();
        return may("escalate", attributes, attributes.resource(), name);
    }

    private boolean may(String verb, AdmissionAttributes attributes, String resource, String name) {
        Attributes asked = Attributes.resource(
                attributes.user(), verb, GROUP, attributes.version(), resource, attributes.namespace(), name);
        return authorizer.decide(asked).allowed();
    }

    private void refuseMissing(AdmissionAttributes attributes, List<PolicyRule> wanted) {
        List<PolicyRule> missing = missing(attributes, wanted);
        if (missing.isEmpty()) {
            return;
        }
        throw StatusException.forbidden(
                GROUP,
                attributes.resource(),
                attributes.name(),
                new MissingRights(attributes.user(), missing).message());
    }

    private List<PolicyRule> missing(AdmissionAttributes attributes, List<PolicyRule> wanted) {
        List<PolicyRule> owned = policy.index().rulesOf(attributes.user(), attributes.namespace()).stream()
                .map(CompiledRule::source)
                .toList();
        return RuleGaps.missing(owned, wanted);
    }

    /// Finalizers and owners are what the garbage collector has to change, whatever the object grants.
    private static boolean changesOnlyWhatCollectionNeeds(ObjectNode object, Optional<ObjectNode> old) {
        return old.map(o -> withoutCollection(o).equals(withoutCollection(object)))
                .orElse(false);
    }

    private static ObjectNode withoutCollection(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("finalizers", "ownerReferences", "managedFields"));
        }
        return copy;
    }
}
