package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.authz.node.PodReferences;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a node may do to pods: show its static ones, report on its own, delete and evict its own.
record NodePods(ObjectReader reader) {
    private static final String EXTENDED_CLAIM = "/status/extendedResourceClaimStatus";

    private static final String MIRROR = "kubernetes.io/config.mirror";

    /// In the order in which upstream looks for them.
    private static final List<String> REFERENCES = List.of("secrets", "configmaps");

    void check(AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        switch (attributes.subresource()) {
            case "" -> itself(attributes, node, pod, old);
            case "status" -> status(attributes, node, pod, old);
            case "eviction" -> {
                if (reader.look(PodKind.KIND, attributes.namespace(), attributes.name())
                        .filter(known -> !isOf(known, node))
                        .isPresent()) {
                    throw Refusals.forbidden(
                            attributes, "node " + node + " can only evict pods with spec.nodeName set to itself");
                }
            }
            default ->
                throw Refusals.forbidden(
                        attributes,
                        "unexpected pod subresource \"" + attributes.subresource()
                                + "\", only 'status' and 'eviction' are allowed");
        }
    }

    private static boolean isOf(JsonNode pod, String node) {
        return Trees.text(pod, "spec", "nodeName").equals(node);
    }

    private void itself(AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        if (attributes.operation() == Operation.CREATE) {
            mirror(attributes, "node \"" + node + "\" ", node, pod);
        } else if (attributes.operation() != Operation.DELETE) {
            throw Refusals.forbidden(
                    attributes,
                    "unexpected operation \"" + attributes.operation() + "\", node \"" + node
                            + "\" can only create and delete mirror pods");
        } else if (old.filter(known -> !isOf(known, node)).isPresent()) {
            throw Refusals.forbidden(
                    attributes, "node \"" + node + "\" can only delete pods with spec.nodeName set to itself");
        }
    }

    private void mirror(AdmissionAttributes attributes, String who, String node, ObjectNode pod) {
        if (Trees.at(pod, "metadata", "annotations", MIRROR).isMissingNode()) {
            throw Refusals.forbidden(
                    attributes,
                    "pod does not have \"" + MIRROR + "\" annotation, " + who + "can only create mirror pods");
        }
        if (!isOf(pod, node)) {
            throw Refusals.forbidden(attributes, who + "can only create pods with spec.nodeName set to itself");
        }
        List<JsonNode> owners = Trees.list(pod, "metadata", "ownerReferences");
        if (owners.size() > 1) {
            throw Refusals.forbidden(
                    attributes, who + "can only create pods with a single owner reference set to itself");
        }
        if (owners.isEmpty()) {
            throw Refusals.forbidden(attributes, who + "can only create pods with an owner reference set to itself");
        }
        owner(attributes, who, node, owners.getFirst());
        references(attributes, who, pod);
    }

    private void owner(AdmissionAttributes attributes, String who, String node, JsonNode owner) {
        if (!Trees.text(owner, "apiVersion").equals("v1")
                || !Trees.text(owner, "kind").equals("Node")
                || !Trees.text(owner, "name").equals(node)) {
            throw Refusals.forbidden(attributes, who + "can only create pods with an owner reference set to itself");
        }
        if (!Trees.flag(owner, "controller")) {
            throw Refusals.forbidden(
                    attributes, who + "can only create pods with a controller owner reference set to itself");
        }
        if (Trees.flag(owner, "blockOwnerDeletion")) {
            throw Refusals.forbidden(attributes, who + "must not set blockOwnerDeletion on an owner reference");
        }
        String uid = reader.look(NodeKind.KIND, "", node)
                .map(Trees::uid)
                .orElseThrow(() -> StatusException.notFound("", "nodes", node));
        if (!Trees.text(owner, "uid").equals(uid)) {
            throw Refusals.forbidden(
                    attributes, "node " + node + " UID mismatch: expected " + Trees.text(owner, "uid") + " got " + uid);
        }
    }

    /// Whoever can make a pod refer to an object on its node can have the node read it.
    private static void references(AdmissionAttributes attributes, String who, ObjectNode pod) {
        String refer = who + "can not create pods that reference ";
        if (!Trees.text(pod, "spec", "serviceAccountName").isEmpty()) {
            throw Refusals.forbidden(attributes, refer + "a service account");
        }
        Set<String> kinds = PodReferences.of(pod).stream()
                .map(PodReferences.Reference::resource)
                .collect(Collectors.toSet());
        for (String kind : REFERENCES) {
            if (kinds.contains(kind)) {
                throw Refusals.forbidden(attributes, refer + kind);
            }
        }
        for (JsonNode volume : Trees.list(pod, "spec", "volumes")) {
            for (JsonNode source : Trees.list(volume, "projected", "sources")) {
                if (source.has("clusterTrustBundle")) {
                    throw Refusals.forbidden(attributes, refer + "clustertrustbundles");
                }
            }
        }
        if (kinds.contains("persistentvolumeclaims")) {
            throw Refusals.forbidden(attributes, refer + "persistentvolumeclaims");
        }
        if (!Trees.list(pod, "spec", "resourceClaims").isEmpty()) {
            throw Refusals.forbidden(attributes, refer + "resourceclaims");
        }
    }

    private static void status(AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        if (old.isEmpty()) {
            return;
        }
        if (!isOf(old.get(), node)) {
            throw Refusals.forbidden(
                    attributes,
                    "node \"" + node + "\" can only update pod status for pods with spec.nodeName set to itself");
        }
        if (!Trees.map(old.get(), "metadata", "labels").equals(Trees.map(pod, "metadata", "labels"))) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" cannot update labels through pod status");
        }
        if (!Trees.list(old.get(), "status", "resourceClaimStatuses")
                .equals(Trees.list(pod, "status", "resourceClaimStatuses"))) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" cannot update resource claim statues");
        }
        if (!old.get().at(EXTENDED_CLAIM).equals(pod.at(EXTENDED_CLAIM))) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" cannot update extended resource claim status");
        }
    }
}
