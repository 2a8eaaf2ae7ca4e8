package io.gantry.apiserver.admission;

import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A new node takes no pods until its conditions have been seen.
public final class TaintNodesByCondition implements AdmissionPlugin {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    @Override
    public String name() {
        return "TaintNodesByCondition";
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode node, Optional<ObjectNode> old) {
        if (!attributes.is("", "nodes") || attributes.operation() != AdmissionAttributes.Operation.CREATE) {
            return;
        }
        ObjectNode spec = Trees.object(node, "spec");
        boolean has = Trees.list(spec, "taints").stream()
                .anyMatch(taint -> Trees.text(taint, "key").equals(NOT_READY)
                        && Trees.text(taint, "effect").equals("NoSchedule"));
        if (!has) {
            Trees.array(spec, "taints").addObject().put("key", NOT_READY).put("effect", "NoSchedule");
        }
    }
}
