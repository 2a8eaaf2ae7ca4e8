package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.binding.BindingKind;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.apiserver.http.Response;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `pods/binding`: gives a pod its node (upstream `registry/core/pod/storage`).
final class Bindings {
    static final ResourceSchema SCHEMA = Schemas.of(BindingKind.KIND);

    private Bindings() {}

    static Response bind(Call call, Writes writes, Bodies bodies, String name) {
        WriteOptions options = WriteOptions.of(call.request());
        ObjectNode binding = bodies.other(call, SCHEMA, Set.of());
        if (!Metadata.text(binding, "name").equals(name)) {
            throw StatusException.badRequest("name in URL does not match name in Binding object");
        }
        Metadata.checkNamespace(call, binding);
        String kind = binding.path("target").path("kind").asString("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            throw StatusException.badRequest("Binding \"" + name + "\" is invalid: target.kind: Unsupported value: \""
                    + kind + "\": supported values: \"Node\", \"<empty>\"");
        }
        String node = binding.path("target").path("name").asString("");
        if (node.isEmpty()) {
            throw StatusException.badRequest("Binding \"" + name + "\" is invalid: target.name: Required value");
        }
        writes.admission().admitPosted(call, binding, options);
        String uid = Metadata.text(binding, "uid");
        String now = Metadata.time(writes.clock().instant());
        writes.unadmitted()
                .update(
                        call,
                        call.key(),
                        Writes.Part.UNCOUNTED,
                        pod -> bound(call, pod, binding, node, uid, now),
                        options,
                        true);
        return Answers.tree(call, 201, Subresources.success(201));
    }

    private static ObjectNode bound(
            Call call, ObjectNode pod, ObjectNode binding, String node, String uid, String now) {
        String name = Metadata.text(pod, "name");
        if (!uid.isEmpty() && !uid.equals(Metadata.text(pod, "uid"))) {
            throw Preconditions.failed(call, "UID", uid, Metadata.text(pod, "uid"));
        }
        if (Metadata.isDeleting(pod)) {
            throw StatusException.conflict(
                    "", "pods/binding", name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        ObjectNode spec = pod.withObject("spec");
        String assigned = spec.path("nodeName").asString("");
        if (!assigned.isEmpty()) {
            throw StatusException.conflict(
                    "", "pods/binding", name, "pod " + name + " is already assigned to node \"" + assigned + "\"");
        }
        if (!spec.path("schedulingGates").isEmpty()) {
            throw StatusException.conflict(
                    "", "pods/binding", name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        spec.put("nodeName", node);
        for (Map.Entry<String, JsonNode> annotation :
                binding.path("metadata").path("annotations").properties()) {
            Metadata.of(pod).withObject("annotations").set(annotation.getKey(), annotation.getValue());
        }
        for (Map.Entry<String, JsonNode> label :
                binding.path("metadata").path("labels").properties()) {
            Metadata.of(pod).withObject("labels").set(label.getKey(), label.getValue());
        }
        PodConditions.set(pod, "PodScheduled", "", "", now);
        pod.withObject("status").remove("nominatedNodeName");
        return pod;
    }
}
