package io.gantry.kubelet.cluster;

import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.api.core.v1.endpoints.ObjectReferenceBuilder;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.client.event.EventSink;

/// Events about pods and their containers. Never blocks.
public final class PodEvents {
    private final EventSink sink;

    public PodEvents(EventSink sink) {
        this.sink = sink;
    }

    public void normal(Pod pod, String reason, String message) {
        sink.event(reference(pod, ""), "Normal", reason, message);
    }

    public void warning(Pod pod, String reason, String message) {
        sink.event(reference(pod, ""), "Warning", reason, message);
    }

    /// @param fieldPath which container, e.g. `spec.containers{web}`
    public void normal(Pod pod, String fieldPath, String reason, String message) {
        sink.event(reference(pod, fieldPath), "Normal", reason, message);
    }

    public void warning(Pod pod, String fieldPath, String reason, String message) {
        sink.event(reference(pod, fieldPath), "Warning", reason, message);
    }

    private static ObjectReference reference(Pod pod, String fieldPath) {
        return ObjectReferenceBuilder.builder()
                .kind("Pod")
                .apiVersion("v1")
                .namespace(pod.metadata().namespace())
                .name(pod.metadata().name())
                .uid(pod.metadata().uid())
                .resourceVersion(pod.metadata().resourceVersion())
                .fieldPath(fieldPath.isEmpty() ? null : fieldPath)
                .build();
    }
}
