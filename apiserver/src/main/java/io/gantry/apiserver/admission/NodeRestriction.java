package io.gantry.apiserver.admission;

import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.apiserver.admission.AdmissionAttributes.Operation;
import io.gantry.apiserver.authz.node.NodeIdentity;
import io.gantry.apiserver.authz.node.PodReferences;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Narrows what a kubelet may write: its own node without taints and foreign labels, mirror pods on itself, the status
/// and deletion of its own pods, tokens of its own pods (upstream `plugin/pkg/admission/noderestriction`).
public final class NodeRestriction implements AdmissionPlugin {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final ObjectReader reader;

    public NodeRestriction(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "NodeRestriction";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        Optional<String> node = NodeIdentity.of(attributes.user());
        if (node.isEmpty()) {
            return;
        }
        switch (attributes.group() + "/" + attributes.resource()) {
            case "/pods" -> pod(attributes, node.get(), object, old);
            case "/nodes" -> node(attributes, node.get(), object, old);
            case "/serviceaccounts" -> token(attributes, node.get(), object);
            case "coordination.k8s.io/leases" -> lease(attributes, node.get());
            case "storage.k8s.io/csinodes" -> sameName(attributes, node.get(), "CSINode");
            default -> {}
        }
    }

    private void pod(AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        switch (attributes.subresource()) {
            case "" -> podItself(attributes, node, pod, old);
            case "status" -> podStatus(attributes, node, pod, old);
            case "eviction" ->
                own(
                        attributes,
                        node,
                        reader.get(PodKind.KIND, attributes.namespace(), attributes.name()),
                        "can only evict pods with spec.nodeName set to itself");
            default ->
                throw Refusals.forbidden(
                        attributes,
                        "unexpected pod subresource \"" + attributes.subresource()
                                + "\", only 'status' and 'eviction' are allowed");
        }
    }

    private void podItself(AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        if (attributes.operation() == Operation.CREATE) {
            mirrorPod(attributes, node, pod);
        } else if (attributes.operation() == Operation.DELETE) {
            own(attributes, node, old, "can only delete pods with spec.nodeName set to itself");
        } else {
            throw Refusals.forbidden(
                    attributes,
                    "unexpected operation " + attributes.operation() + ", node \"" + node
                            + "\" can only create and delete mirror pods");
        }
    }

    private static void mirrorPod(AdmissionAttributes attributes, String node, ObjectNode pod) {
        if (Trees.at(pod, "metadata", "annotations", MIRROR).isMissingNode()) {
            throw Refusals.forbidden(
                    attributes,
                    "pod does not have \"" + MIRROR + "\" annotation, node \"" + node
                            + "\" can only create mirror pods");
        }
        if (!Trees.text(pod, "spec", "nodeName").equals(node)) {
            throw Refusals.forbidden(
                    attributes, "node \"" + node + "\" can only create pods with spec.nodeName set to itself");
        }
        for (PodReferences.Reference reference : PodReferences.of(pod)) {
            String what = switch (reference.resource()) {
                case "serviceaccounts" -> "a service account";
                case "persistentvolumeclaims" -> "persistentvolumeclaims";
                default -> reference.resource();
            };
            throw Refusals.forbidden(attributes, "node \"" + node + "\" can not create pods that reference " + what);
        }
        for (JsonNode owner : Trees.list(pod, "metadata", "ownerReferences")) {
            if (!Trees.text(owner, "kind").equals("Node")
                    || !Trees.text(owner, "name").equals(node)) {
                throw Refusals.forbidden(
                        attributes, "node \"" + node + "\" can only create pods with an owner reference set to itself");
            }
        }
    }

    private static void podStatus(
            AdmissionAttributes attributes, String node, ObjectNode pod, Optional<ObjectNode> old) {
        own(attributes, node, old, "can only update pod status for pods with spec.nodeName set to itself");
        boolean labels = old.map(o -> !Trees.map(o, "metadata", "labels").equals(Trees.map(pod, "metadata", "labels")))
                .orElse(false);
        if (labels) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" cannot update labels through pod status");
        }
    }

    private static void own(AdmissionAttributes attributes, String node, Optional<ObjectNode> pod, String what) {
        if (pod.isPresent() && !Trees.text(pod.get(), "spec", "nodeName").equals(node)) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" " + what);
        }
    }

    private static void node(AdmissionAttributes attributes, String node, ObjectNode object, Optional<ObjectNode> old) {
        String name = attributes.name().isEmpty() ? Trees.name(object) : attributes.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(
                    attributes, "node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
        }
        if (attributes.operation() == Operation.CREATE) {
            checkLabels(attributes, node, Map.of(), Trees.map(object, "metadata", "labels"));
        } else if (attributes.operation() == Operation.UPDATE && old.isPresent()) {
            if (!Trees.list(object, "spec", "taints").equals(Trees.list(old.get(), "spec", "taints"))) {
                throw Refusals.forbidden(attributes, "node \"" + node + "\" is not allowed to modify taints");
            }
            checkLabels(
                    attributes,
                    node,
                    Trees.map(old.get(), "metadata", "labels"),
                    Trees.map(object, "metadata", "labels"));
        } else if (attributes.operation() == Operation.DELETE) {
            throw Refusals.forbidden(attributes, "node \"" + node + "\" is not allowed to delete nodes");
        }
    }

    private static void checkLabels(
            AdmissionAttributes attributes, String node, Map<String, String> before, Map<String, String> now) {
        Set<String> changed = new TreeSet<>();
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changed.add(key);
            }
        });
        before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(changed::add);
        changed.removeIf(NodeLabels::allowed);
        if (!changed.isEmpty()) {
            throw Refusals.forbidden(
                    attributes,
                    "is not allowed to modify labels: " + String.join(", ", changed) + " (node \"" + node + "\")");
        }
    }

    private void token(AdmissionAttributes attributes, String node, ObjectNode request) {
        if (!attributes.subresource().equals("token")) {
            return;
        }
        JsonNode ref = Trees.at(request, "spec", "boundObjectRef");
        if (!Trees.text(ref, "kind").equals("Pod")) {
            throw Refusals.forbidden(attributes, "node requested token not bound to a pod");
        }
        Optional<ObjectNode> pod = reader.get(PodKind.KIND, attributes.namespace(), Trees.text(ref, "name"));
        if (pod.isEmpty() || !Trees.text(pod.get(), "spec", "nodeName").equals(node)) {
            throw Refusals.forbidden(attributes, "node requested token bound to a pod scheduled on a different node");
        }
        if (!Trees.text(ref, "uid").equals(Trees.uid(pod.get()))) {
            throw Refusals.forbidden(attributes, "the UID in the bound object reference does not match the pod's");
        }
    }

    private static void lease(AdmissionAttributes attributes, String node) {
        if (!attributes.namespace().equals("kube-node-lease")) {
            throw Refusals.forbidden(attributes, "can only access leases in the \"kube-node-lease\" system namespace");
        }
        sameName(attributes, node, "lease");
    }

    private static void sameName(AdmissionAttributes attributes, String node, String what) {
        if (!attributes.name().isEmpty() && !attributes.name().equals(node)) {
            throw Refusals.forbidden(
                    attributes, "can only access " + what + " with the same name as the requesting node");
        }
    }
}
