package io.gantry.apiserver.authz.node;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import java.util.Optional;
import java.util.Set;

/// Decides for users `system:node:NAME` in the group `system:nodes`; has no opinion on others. What does
/// not depend on a single object is allowed by the rules of the ClusterRole `system:node`; admission
/// (NodeRestriction) narrows writes. As upstream `plugin/pkg/auth/authorizer/node`.
public final class NodeAuthorizer implements Authorizer {
    private static final Set<String> READ = Set.of("get", "list", "watch");
    private static final Decision NO_OPINION = Decision.noOpinion("");

    private final NodeGraph graph;
    private final Authorizer rules;

    /// @param rules the rules of the role `system:node`
    public NodeAuthorizer(NodeGraph graph, Authorizer rules) {
        this.graph = graph;
        this.rules = rules;
    }

    @Override
    public boolean isReady() {
        return graph.isComplete();
    }

    @Override
    public Decision decide(Attributes attributes) {
        Optional<String> node = NodeIdentity.of(attributes.user());
        if (node.isEmpty()) {
            return NO_OPINION;
        }
        if (!attributes.resourceRequest()) {
            return rules.decide(attributes);
        }
        return switch (attributes.group() + "/" + attributes.resource()) {
            case "/secrets", "/configmaps" -> read(node.get(), attributes, true);
            case "/persistentvolumeclaims" -> claims(node.get(), attributes);
            case "/persistentvolumes", "storage.k8s.io/volumeattachments", "resource.k8s.io/resourceclaims" ->
                get(node.get(), attributes);
            case "/serviceaccounts" -> serviceAccount(node.get(), attributes);
            case "/pods" -> pods(node.get(), attributes);
            case "/nodes" -> nodes(node.get(), attributes);
            case "resource.k8s.io/resourceslices" -> slices(node.get(), attributes);
            case "coordination.k8s.io/leases" -> lease(node.get(), attributes);
            case "storage.k8s.io/csinodes" -> ownByName(node.get(), attributes);
            default -> rules.decide(attributes);
        };
    }

    /// A single object that a pod of the node refers to; also listed and watched by its name.
    private Decision read(String node, Attributes attributes, boolean watch) {
        boolean verb =
                watch ? READ.contains(attributes.verb()) : attributes.verb().equals("get");
        if (!verb) {
            return Decision.noOpinion("can only read resources of this type");
        }
        if (!attributes.subresource().isEmpty()) {
            return Decision.noOpinion("cannot read subresource");
        }
        return related(node, attributes);
    }

    private Decision get(String node, Attributes attributes) {
        return read(node, attributes, false);
    }

    private Decision claims(String node, Attributes attributes) {
        if (!attributes.subresource().equals("status")) {
            return get(node, attributes);
        }
        return Set.of("update", "patch").contains(attributes.verb())
                ? related(node, attributes)
                : Decision.noOpinion("can only get/update/patch this type");
    }

    private Decision related(String node, Attributes attributes) {
        if (attributes.name().isEmpty()) {
            return Decision.noOpinion("can only read namespaced object of this type");
        }
        return graph.relates(node, attributes.resource(), attributes.namespace(), attributes.name())
                ? Decision.allow("")
                : Decision.noOpinion("no relationship found between node '" + node + "' and this object");
    }

    private Decision serviceAccount(String node, Attributes attributes) {
        if (attributes.verb().equals("create") && attributes.subresource().equals("token")) {
            return related(node, attributes);
        }
        return get(node, attributes);
    }

    /// Reads: all pods of the node by field selector or one by name. Writes: its own status, eviction and deletion.
    private Decision pods(String node, Attributes attributes) {
        return switch (attributes.verb()) {
            case "get" -> attributes.subresource().isEmpty() ? related(node, attributes) : rules.decide(attributes);
            case "list", "watch" ->
                ofNode(node, attributes)
                        ? Decision.allow("")
                        : attributes.name().isEmpty()
                                ? Decision.noOpinion("can only list/watch pods with spec.nodeName field selector")
                                : related(node, attributes);
            default -> rules.decide(attributes);
        };
    }

    private static boolean ofNode(String node, Attributes attributes) {
        for (String term : attributes.fieldSelector().split(",")) {
            if (term.equals("spec.nodeName=" + node) || term.equals("spec.nodeName==" + node)) {
                return true;
            }
        }
        return false;
    }

    /// Writes of other nodes are refused at admission, when they are there.
    private Decision nodes(String node, Attributes attributes) {
        boolean other = READ.contains(attributes.verb())
                && attributes.subresource().isEmpty()
                && !attributes.name().equals(node);
        if (!other) {
            return rules.decide(attributes);
        }
        String what = attributes.name().isEmpty() ? "all nodes" : "'" + attributes.name() + "'";
        return Decision.noOpinion("node '" + node + "' cannot read " + what + ", only its own Node object");
    }

    private Decision slices(String node, Attributes attributes) {
        if (!attributes.subresource().isEmpty()) {
            return Decision.noOpinion("cannot authorize ResourceSlice subresources");
        }
        return switch (attributes.verb()) {
            case "create" -> Decision.allow("");
            case "get", "update", "patch", "delete" -> related(node, attributes);
            case "list", "watch", "deletecollection" ->
                ofNode(node, attributes)
                        ? Decision.allow("")
                        : Decision.noOpinion(
                                "can only list/watch/deletecollection resourceslices with nodeName field selector");
            default ->
                Decision.noOpinion("only the following verbs are allowed for a ResourceSlice: get, watch, list, create,"
                        + " update, patch, delete, deletecollection");
        };
    }

    private Decision lease(String node, Attributes attributes) {
        if (!attributes.namespace().equals("kube-node-lease")) {
            return Decision.noOpinion("can only access leases in the \"kube-node-lease\" system namespace");
        }
        if (attributes.verb().equals("create")) {
            return rules.decide(attributes);
        }
        return ownByName(node, attributes);
    }

    private Decision ownByName(String node, Attributes attributes) {
        if (attributes.verb().equals("create")) {
            return rules.decide(attributes);
        }
        return attributes.name().equals(node)
                ? rules.decide(attributes)
                : Decision.noOpinion(
                        "can only access " + attributes.resource() + " of the same name as the requesting node");
    }
}
