package io.gantry.controllermanager.common;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ObjectKey;
import io.gantry.client.Patch;
import io.gantry.client.Resource;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends pods from outside: notes why in a `DisruptionTarget` condition, then deletes.
public final class PodDisruption {
    private final Resource<Pod> pods;
    private final Clock clock;

    public PodDisruption(ApiClient client, Clock clock) {
        this.pods = client.resource(PodKind.KIND);
        this.clock = clock;
    }

    /// Notes that the pod is about to be ended.
    public void mark(Pod pod, String reason, String message) {
        patchStatus(pod, new LinkedHashMap<>(Map.of("conditions", List.of(condition(pod, "True", reason, message)))));
    }

    /// Notes that it was not ended after all.
    public void unmark(Pod pod) {
        patchStatus(pod, new LinkedHashMap<>(Map.of("conditions", List.of(condition(pod, "False", null, null)))));
    }

    /// Notes it and, unless the pod has finished, that it failed.
    public void markFailed(Pod pod, String reason, String message) {
        Map<String, Object> status = failed(pod);
        status.put("conditions", List.of(condition(pod, "True", reason, message)));
        writeFailed(pod, status);
    }

    /// Notes, unless the pod has finished, that it failed: who asked for its end, did so before.
    public void markFailed(Pod pod) {
        writeFailed(pod, failed(pod));
    }

    private static Map<String, Object> failed(Pod pod) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", "Failed");
        if (pod.metadata().generation() != null) {
            status.put("observedGeneration", pod.metadata().generation());
        }
        return status;
    }

    private void writeFailed(Pod pod, Map<String, Object> status) {
        if (!Pods.isFinished(pod)) {
            patchStatus(pod, status);
        }
    }

    private Map<String, @Nullable Object> condition(
            Pod pod, String status, @Nullable String reason, @Nullable String message) {
        Map<String, @Nullable Object> condition = new LinkedHashMap<>();
        condition.put("type", "DisruptionTarget");
        if (pod.metadata().generation() != null) {
            condition.put("observedGeneration", pod.metadata().generation());
        }
        condition.put("status", status);
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put("lastTransitionTime", Fields.now(clock).toString());
        return condition;
    }

    private void patchStatus(Pod pod, Map<String, Object> status) {
        ObjectKey key = ObjectKey.of(pod);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", Map.of("uid", text(pod.metadata().uid())));
        body.put("status", status);
        ignoringGone(() ->
                pods.patch(key.namespace(), key.name(), Patch.strategic(body).subresource("status")));
    }

    /// Deletes with the pod's own grace period.
    public void delete(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        ignoringGone(() -> pods.delete(
                key.namespace(),
                key.name(),
                Deletion.defaults().withUid(text(pod.metadata().uid()))));
    }

    /// Deletes at once, waiting for no kubelet.
    public void remove(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        ignoringGone(() -> pods.delete(
                key.namespace(),
                key.name(),
                Deletion.defaults()
                        .withGraceSeconds(0)
                        .withUid(text(pod.metadata().uid()))));
    }

    private static void ignoringGone(Runnable call) {
        try {
            call.run();
        } catch (StatusException e) {
            if (!e.isNotFound() && !e.isConflict()) {
                throw e;
            }
        }
    }
}
