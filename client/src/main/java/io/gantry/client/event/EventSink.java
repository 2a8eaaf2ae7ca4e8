package io.gantry.client.event;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import java.util.Optional;

/// Takes events; [EventRecorder] writes them to the API server, tests collect them. Never blocks.
public interface EventSink {
    String NORMAL = "Normal";
    String WARNING = "Warning";

    /// @param type [#NORMAL] or [#WARNING]
    /// @param reason one word in CamelCase, upstream's where there is one
    void event(KubernetesObject regarding, String type, String reason, String message);

    /// For objects that one knows only by reference.
    void event(ObjectReference regarding, String type, String reason, String message);

    /// With what was done, and about what else: part of events in series, otherwise left out.
    ///
    /// @param related the other object, e.g. the pod for which one is preempted
    /// @param action what was done or failed, one word in CamelCase, e.g. `Binding`
    default void event(
            KubernetesObject regarding,
            Optional<KubernetesObject> related,
            String type,
            String reason,
            String action,
            String message) {
        event(regarding, type, reason, message);
    }
}
