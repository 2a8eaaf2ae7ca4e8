package io.gantry.controllermanager.simulation;

import io.gantry.api.core.v1.node.NodeKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the scheduler must have kept to: no node holds more than it has, and pods gave way only to more important ones.
final class FinalScheduling {
    /// What each node has.
    static final long NODE_MILLIS = 4000;

    private final MemoryApi api;
    private final List<String> wrong = new ArrayList<>();

    private FinalScheduling(MemoryApi api) {
        this.api = api;
    }

    static List<String> complaints(MemoryApi api) {
        FinalScheduling state = new FinalScheduling(api);
        api.all(NodeKind.KIND).forEach(state::capacity);
        state.victims();
        return state.wrong;
    }

    /// What the pod asks for, in thousandths of a processor.
    static long millis(ObjectNode pod) {
        return pod.path("spec")
                .path("containers")
                .valueStream()
                .mapToLong(c -> Quantity.parse(c.at("/resources/requests/cpu").asString("0"))
                        .milliValue())
                .sum();
    }

    private void capacity(ObjectNode node) {
        String name = node.path("metadata").path("name").asString("");
        long taken = api.all(PodKind.KIND).stream()
                .filter(p -> p.path("spec").path("nodeName").asString("").equals(name))
                .filter(p -> p.path("status").path("phase").asString("").equals("Running"))
                .mapToLong(FinalScheduling::millis)
                .sum();
        if (taken > NODE_MILLIS) {
            wrong.add("node " + name + " holds " + taken + "m");
        }
    }

    /// Each gave way while a more important pod waited.
    private void victims() {
        Map<String, Integer> waiting = new HashMap<>();
        for (MemoryApi.Change change : api.log()) {
            if (!change.kind().equals(PodKind.KIND)) {
                continue;
            }
            ObjectNode pod = change.object();
            String uid = pod.path("metadata").path("uid").asString("");
            int priority = pod.path("spec").path("priority").asInt(0);
            if (!change.deleted() && !pod.path("spec").has("nodeName")) {
                waiting.put(uid, priority);
            }
            if (isVictim(pod)
                    && waiting.values().stream().noneMatch(other -> other > priority)
                    && !pod.path("metadata").has("deletionTimestamp")) {
                wrong.add("pod " + pod.path("metadata").path("name") + " gave way to none");
            }
        }
    }

    static boolean isVictim(ObjectNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("reason").asString("").equals("PreemptionByScheduler")) {
                return true;
            }
        }
        return false;
    }
}
