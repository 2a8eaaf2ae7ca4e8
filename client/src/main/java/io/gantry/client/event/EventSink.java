package io.gantry.client.event;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;

/// Takes events; [EventRecorder] writes them to the API server, tests collect them. Never blocks.
public interface EventSink {
    String NORMAL = "Normal";
    String WARNING = "Warning";

    /// @param type [#NORMAL] or [#WARNING]
    /// @param reason one word in CamelCase, upstream's where there is one
    void event(KubernetesObject regarding, String type, String reason, String message);

    /// For objects that one knows only by reference.
    void event(ObjectReference regarding, String type, String reason, String message);
}
