package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod stays five minutes on a node that is not ready or not reachable, unless it says otherwise.
public final class DefaultTolerationSeconds implements AdmissionPlugin {
    private static final int SECONDS = 300;
    private static final List<String> TAINTS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    @Override
    public String name() {
        return "DefaultTolerationSeconds";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode pod, Optional<ObjectNode> old) {
        boolean writes = attributes.operation() == AdmissionAttributes.Operation.CREATE
                || attributes.operation() == AdmissionAttributes.Operation.UPDATE;
        if (!attributes.is("", "pods") || !writes) {
            return;
        }
        ObjectNode spec = Trees.object(pod, "spec");
        for (String taint : TAINTS) {
            if (Trees.list(spec, "tolerations").stream().noneMatch(toleration -> tolerates(toleration, taint))) {
                Trees.array(spec, "tolerations")
                        .addObject()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", SECONDS);
            }
        }
    }

    private static boolean tolerates(JsonNode toleration, String taint) {
        String key = Trees.text(toleration, "key");
        String effect = Trees.text(toleration, "effect");
        return (key.equals(taint) || key.isEmpty()) && (effect.isEmpty() || effect.equals("NoExecute"));
    }
}
