package io.gantry.api.core.v1.pod;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The one word that kubectl shows for a pod's state (upstream `printPod`).
public final class PodStatusText {
    private PodStatusText() {}

    /// E.g. `Running`, `Init:0/1`, `CrashLoopBackOff`, `Completed`, `Terminating`.
    public static String of(JsonNode pod) {
        JsonNode status = pod.path("status");
        String reason = status.path("reason").asString("");
        if (reason.isEmpty()) {
            reason = status.path("phase").asString("");
        }
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asString("").equals("PodScheduled")
                    && condition.path("reason").asString("").equals("SchedulingGated")) {
                reason = "SchedulingGated";
            }
        }
        Optional<String> init = initializing(pod);
        if (init.isPresent() && !conditionIs(pod, "Initialized", "True")) {
            reason = init.get();
        } else {
            reason = running(pod, reason);
        }
        if (pod.path("metadata").path("deletionTimestamp").isString()) {
            return deleting(status, reason);
        }
        return reason;
    }

    /// Whether no init container stands before the others.
    static boolean initialized(JsonNode pod) {
        return initializing(pod).isEmpty() || conditionIs(pod, "Initialized", "True");
    }

    static boolean conditionIs(JsonNode pod, String type, String wanted) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition.path("status").asString("").equals(wanted);
            }
        }
        return false;
    }

    private static String deleting(JsonNode status, String reason) {
        if (status.path("reason").asString("").equals("NodeLost")) {
            return "Unknown";
        }
        String phase = status.path("phase").asString("");
        return phase.equals("Succeeded") || phase.equals("Failed") ? reason : "Terminating";
    }

    private static Optional<String> initializing(JsonNode pod) {
        JsonNode containers = pod.path("spec").path("initContainers");
        JsonNode statuses = pod.path("status").path("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode state = statuses.get(i).path("state");
            JsonNode terminated = state.path("terminated");
            if (terminated.isObject() && terminated.path("exitCode").asInt(0) == 0) {
                continue;
            }
            if (isStartedSidecar(containers, statuses.get(i))) {
                continue;
            }
            if (terminated.isObject()) {
                return Optional.of(terminated(terminated, "Init:"));
            }
            String waiting = state.path("waiting").path("reason").asString("");
            if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
                return Optional.of("Init:" + waiting);
            }
            return Optional.of("Init:" + i + "/" + containers.size());
        }
        return Optional.empty();
    }

    private static boolean isStartedSidecar(JsonNode containers, JsonNode status) {
        if (!status.path("started").asBoolean(false)) {
            return false;
        }
        for (JsonNode container : containers) {
            if (container.path("name").equals(status.path("name"))) {
                return PodColumns.isSidecar(container);
            }
        }
        return false;
    }

    private static String terminated(JsonNode terminated, String prefix) {
        String reason = terminated.path("reason").asString("");
        if (!reason.isEmpty()) {
            return prefix + reason;
        }
        int signal = terminated.path("signal").asInt(0);
        return signal != 0
                ? prefix + "Signal:" + signal
                : prefix + "ExitCode:" + terminated.path("exitCode").asInt(0);
    }

    private static String running(JsonNode pod, String phase) {
        String reason = phase;
        boolean hasRunning = false;
        JsonNode statuses = pod.path("status").path("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            JsonNode state = statuses.get(i).path("state");
            String waiting = state.path("waiting").path("reason").asString("");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (state.path("terminated").isObject()) {
                reason = terminated(state.path("terminated"), "");
            } else if (statuses.get(i).path("ready").asBoolean(false) && state.has("running")) {
                hasRunning = true;
            }
        }
        if (reason.equals("Completed") && hasRunning) {
            return conditionIs(pod, "Ready", "True") ? "Running" : "NotReady";
        }
        return reason;
    }
}
