package io.gantry.controllermanager.nodelifecycle;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodCondition;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import io.gantry.client.event.EventSink;
import io.gantry.client.informer.Informer;
import io.gantry.controllermanager.common.Fields;
import io.gantry.controllermanager.common.Pods;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the readiness from the pods of a node that is not ready, so that services send them nothing.
final class UnreadyPods {
    private static final String BY_NODE = "spec.nodeName";

    private final Informer<Pod> pods;
    private final Resource<Pod> resource;
    private final EventSink events;
    private final Clock clock;

    UnreadyPods(Informer<Pod> pods, ApiClient client, EventSink events, Clock clock) {
        this.pods = pods;
        this.resource = client.resource(PodKind.KIND);
        this.events = events;
        this.clock = clock;
        pods.addIndex(
                BY_NODE, pod -> Pods.isAssigned(pod) ? List.of(text(pod.spec().nodeName())) : List.of());
    }

    void mark(String node) {
        for (Pod pod : pods.lister().byIndex(BY_NODE, node)) {
            Optional<PodCondition> ready = Pods.condition(pod, "Ready");
            if (ready.isPresent() && ready.get().status().equals("True")) {
                markOne(pod);
            }
        }
    }

    private void markOne(Pod pod) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "Ready");
        condition.put("status", "False");
        condition.put("lastTransitionTime", Fields.now(clock).toString());
        Map<String, Object> body = Map.of("status", Map.of("conditions", List.of(condition)));
        ObjectKey key = ObjectKey.of(pod);
        try {
            resource.patch(key.namespace(), key.name(), Patch.strategic(body).subresource("status"));
            events.event(pod, EventSink.WARNING, "NodeNotReady", "Node is not ready");
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
