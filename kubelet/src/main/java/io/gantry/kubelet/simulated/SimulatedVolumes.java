package io.gantry.kubelet.simulated;

import io.gantry.api.core.v1.node.Node;
import io.gantry.kubelet.volume.NodeVolumes;
import java.util.HashMap;
import java.util.Map;

/// Provisioned volumes of a node without a disk: it says that it has room for them, so that pods with claims are
/// scheduled and run, and that a volume is gone as soon as it is to go. Pure.
final class SimulatedVolumes {
    /// Nothing is ever there.
    static final String DIRECTORY = "/var/lib/simulated/volumes";

    private SimulatedVolumes() {}

    /// The annotations that the node is to have and has not.
    static Map<String, String> answers(Node node) {
        Map<String, String> now = node.metadata().annotations();
        Map<String, String> answers = new HashMap<>();
        answers.put(NodeVolumes.DIRECTORY, DIRECTORY);
        if (now.containsKey(NodeVolumes.REMOVE) || now.containsKey(NodeVolumes.REMOVED)) {
            answers.put(NodeVolumes.REMOVED, now.getOrDefault(NodeVolumes.REMOVE, ""));
        }
        answers.entrySet().removeIf(answer -> answer.getValue().equals(now.get(answer.getKey())));
        return answers;
    }
}
