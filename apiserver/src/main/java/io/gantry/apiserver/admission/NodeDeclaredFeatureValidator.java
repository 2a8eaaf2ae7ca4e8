package io.gantry.apiserver.admission;

import io.gantry.api.Json;
import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.NodeFeatureNeeds;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A change of a pod needs a node that declares the features for it (KEP-5328, upstream
/// `plugin/pkg/admission/nodedeclaredfeatures`).
public final class NodeDeclaredFeatureValidator implements AdmissionPlugin {
    private final ObjectReader reader;

    public NodeDeclaredFeatureValidator(ObjectReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "NodeDeclaredFeatureValidator";
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        boolean update = attributes.group().isEmpty()
                && attributes.resource().equals("pods")
                && (attributes.subresource().isEmpty()
                        || attributes.subresource().equals("resize"))
                && attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        String name = Trees.text(pod, "spec", "nodeName");
        if (!update || name.isEmpty() || old.isEmpty() || isSame(pod, old.get())) {
            return;
        }
        List<String> needed =
                NodeFeatureNeeds.toChange(typed(old.get()).spec(), typed(pod).spec());
        if (needed.isEmpty()) {
            return;
        }
        ObjectNode node = reader.get(NodeKind.KIND, "", name)
                .orElseThrow(() -> Refusals.forbidden(attributes, "node \"" + name + "\" not found"));
        List<String> declared = node.path("status")
                .path("declaredFeatures")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        List<String> missing = NodeFeatureNeeds.missing(needed, declared);
        if (!missing.isEmpty()) {
            throw Refusals.forbidden(
                    attributes,
                    "pod update requires features " + String.join(", ", missing) + " which are not available on node \""
                            + name + "\"");
        }
    }

    /// Whether all that a change may need features for is as before: most writes are told by that, without records.
    private static boolean isSame(ObjectNode pod, ObjectNode old) {
        JsonNode after = pod.path("spec");
        JsonNode before = old.path("spec");
        return after.path("resources").equals(before.path("resources"))
                && after.path("initContainers").equals(before.path("initContainers"));
    }

    private static Pod typed(ObjectNode pod) {
        return Json.MAPPER.treeToValue(pod, Pod.class);
    }
}
