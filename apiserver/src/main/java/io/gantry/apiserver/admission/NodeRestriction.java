package io.gantry.apiserver.admission;

import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.node.NodeIdentity;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// Narrows what a kubelet may write: its own node without taints, owners and foreign labels, mirror pods on itself, the
/// status and deletion of its own pods, tokens of its own pods, sizes of claims (upstream
/// `plugin/pkg/admission/noderestriction`).
public final class NodeRestriction implements AdmissionPlugin {
    /// What a node may say of a claim.
    private static final List<String> CLAIM_FIELDS =
            List.of("capacity", "conditions", "allocatedResourceStatuses", "allocatedResources");

    private final NodePods pods;
    private final NodeTokens tokens;

    /// @param authorizer says for which audiences beside those of pods a node may have tokens
    public NodeRestriction(ObjectReader reader, Authorizer authorizer) {
        this.pods = new NodePods(reader);
        this.tokens = new NodeTokens(reader, authorizer);
    }

    @Override
    public String name() {
        return "NodeRestriction";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        UserInfo user = attributes.user();
        Optional<String> node = NodeIdentity.of(user);
        if (node.isEmpty() || attributes.operation() == Operation.CONNECT) {
            return;
        }
        if (node.get().isEmpty()) {
            throw Refusals.forbidden(attributes, "could not determine node from user \"" + user.name() + "\"");
        }
        switch (attributes.group() + "/" + attributes.resource()) {
            case "/pods" -> pods.check(attributes, node.get(), object, old);
            case "/nodes" -> node(attributes, node.get(), object, old);
            case "/persistentvolumeclaims" -> claim(attributes, node.get(), object, old);
            case "/serviceaccounts" -> {
                if (attributes.subresource().equals("token")) {
                    tokens.check(attributes, node.get(), object);
                }
            }
            case "coordination.k8s.io/leases" -> lease(attributes, node.get(), object);
            case "storage.k8s.io/csinodes" -> sameName(attributes, node.get(), object, "CSINode");
            case "resource.k8s.io/resourceslices" -> slice(attributes, node.get(), object, old);
            default -> {}
        }
    }

    private static void node(AdmissionAttributes attributes, String node, ObjectNode object, Optional<ObjectNode> old) {
        String who = "node \"" + node + "\" ";
        String name = attributes.name().isEmpty() ? Trees.name(object) : attributes.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(attributes, who + "is not allowed to modify node \"" + name + "\"");
        }
        if (attributes.operation() == Operation.CREATE) {
            if (Trees.at(object, "spec", "configSource").isObject()) {
                throw Refusals.forbidden(attributes, who + "is not allowed to create pods with a non-nil configSource");
            }
            Set<String> labels = foreign(Map.of(), Trees.map(object, "metadata", "labels"));
            if (!labels.isEmpty()) {
                throw Refusals.forbidden(
                        attributes, who + "is not allowed to set the following labels: " + String.join(", ", labels));
            }
        } else if (attributes.operation() == Operation.UPDATE && old.isPresent()) {
            changed(attributes, who, object, old.get());
        }
    }

    private static void changed(AdmissionAttributes attributes, String who, ObjectNode object, ObjectNode old) {
        var source = Trees.at(object, "spec", "configSource");
        if (source.isObject() && !source.equals(Trees.at(old, "spec", "configSource"))) {
            throw Refusals.forbidden(
                    attributes, who + "is not allowed to update configSource to a new non-nil configSource");
        }
        if (!Trees.list(object, "spec", "taints").equals(Trees.list(old, "spec", "taints"))) {
            throw Refusals.forbidden(attributes, who + "is not allowed to modify taints");
        }
        if (!Trees.list(object, "metadata", "ownerReferences").equals(Trees.list(old, "metadata", "ownerReferences"))) {
            throw Refusals.forbidden(attributes, who + "is not allowed to modify ownerReferences");
        }
        Set<String> labels = foreign(Trees.map(old, "metadata", "labels"), Trees.map(object, "metadata", "labels"));
        if (!labels.isEmpty()) {
            throw Refusals.forbidden(attributes, "is not allowed to modify labels: " + String.join(", ", labels));
        }
    }

    /// Labels that changed and are none of a node's business.
    private static Set<String> foreign(Map<String, String> before, Map<String, String> now) {
        Set<String> changed = new TreeSet<>();
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changed.add(key);
            }
        });
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(changed::add);
        changed.removeIf(NodeLabels::allowed);
        return changed;
    }

    private static void claim(
            AdmissionAttributes attributes, String node, ObjectNode object, Optional<ObjectNode> old) {
        if (!attributes.subresource().equals("status")) {
            throw Refusals.forbidden(attributes, "may only update PVC status");
        }
        if (old.isPresent() && !rest(object).equals(rest(old.get()))) {
            throw Refusals.forbidden(
                    attributes,
                    "node \"" + node
                            + "\" is not allowed to update fields other than status.capacity and status.conditions");
        }
    }

    /// All of a claim that a node may not change.
    private static ObjectNode rest(ObjectNode claim) {
        ObjectNode rest = claim.deepCopy();
        rest.withObject("metadata").remove(List.of("resourceVersion", "managedFields"));
        rest.withObject("status").remove(CLAIM_FIELDS);
        return rest;
    }

    private static void slice(
            AdmissionAttributes attributes, String node, ObjectNode object, Optional<ObjectNode> old) {
        String owner = attributes.operation() == Operation.CREATE
                ? Trees.text(object, "spec", "nodeName")
                : old.map(slice -> Trees.text(slice, "spec", "nodeName")).orElse(node);
        if (!owner.equals(node)) {
            throw Refusals.forbidden(
                    attributes,
                    attributes.operation() == Operation.CREATE
                            ? "can only create ResourceSlice with the same NodeName as the requesting node"
                            : "can only delete ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private static void lease(AdmissionAttributes attributes, String node, ObjectNode object) {
        if (!attributes.namespace().equals("kube-node-lease")) {
            throw Refusals.forbidden(attributes, "can only access leases in the \"kube-node-lease\" system namespace");
        }
        sameName(attributes, node, object, "node lease");
    }

    private static void sameName(AdmissionAttributes attributes, String node, ObjectNode object, String what) {
        String name = attributes.name().isEmpty() ? Trees.name(object) : attributes.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(
                    attributes, "can only access " + what + " with the same name as the requesting node");
        }
    }
}
