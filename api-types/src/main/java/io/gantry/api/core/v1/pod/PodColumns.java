package io.gantry.api.core.v1.pod;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.HumanDuration;
import io.gantry.api.printer.Cells;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The columns of pods: how kubectl sums up what the containers do (upstream `printPod`).
final class PodColumns {
    /// What the columns look at.
    static final List<String> PATHS = List.of(
            "metadata.name",
            "metadata.creationTimestamp",
            "metadata.deletionTimestamp",
            "spec.nodeName",
            "spec.containers.name",
            "spec.initContainers.name",
            "spec.initContainers.restartPolicy",
            "spec.readinessGates",
            "status.reason",
            "status.phase",
            "status.conditions",
            "status.containerStatuses",
            "status.initContainerStatuses",
            "status.podIP",
            "status.podIPs",
            "status.nominatedNodeName");

    private PodColumns() {}

    static List<Column> all() {
        return List.of(
                Column.text("Ready", "Containers that are ready, of all.", (pod, now) -> ready(pod)),
                Column.text("Status", "What the containers do altogether.", (pod, now) -> status(pod)),
                Column.text("Restarts", "How often containers were restarted, and when last.", PodColumns::restarts),
                Column.age(),
                Column.text("IP", "Address of the pod.", (pod, now) -> ip(pod)).wide(),
                Column.text("Node", "Node that the pod is bound to.", Cells.text("spec.nodeName", Cells.NONE))
                        .wide(),
                Column.text(
                                "Nominated Node",
                                "Node on which room is being made.",
                                Cells.text("status.nominatedNodeName", Cells.NONE))
                        .wide(),
                Column.text("Readiness Gates", "Gates that are open, of all.", (pod, now) -> gates(pod))
                        .wide());
    }

    private static String ready(JsonNode pod) {
        long total = pod.path("spec").path("containers").size();
        long ready = 0;
        for (JsonNode container : pod.path("spec").path("initContainers")) {
            if (isSidecar(container)) {
                total++;
                JsonNode status = statusOf(pod, container);
                if (status.path("ready").asBoolean(false)) {
                    ready++;
                }
            }
        }
        for (JsonNode status : pod.path("status").path("containerStatuses")) {
            if (status.path("ready").asBoolean(false) && status.path("state").has("running")) {
                ready++;
            }
        }
        return ready + "/" + total;
    }

    private static JsonNode statusOf(JsonNode pod, JsonNode container) {
        String name = container.path("name").asString("");
        for (JsonNode status : pod.path("status").path("initContainerStatuses")) {
            if (name.equals(status.path("name").asString(""))) {
                return status;
            }
        }
        return pod.path("status").path("absent");
    }

    static boolean isSidecar(JsonNode container) {
        return "Always".equals(container.path("restartPolicy").asString(""));
    }

    private static String status(JsonNode pod) {
        return PodStatusText.of(pod);
    }

    private static Object restarts(JsonNode pod, Instant now) {
        JsonNode status = pod.path("status");
        long sidecars = 0;
        long init = 0;
        Instant lastSidecar = Instant.EPOCH;
        Instant lastInit = Instant.EPOCH;
        for (JsonNode container : pod.path("spec").path("initContainers")) {
            JsonNode one = statusOf(pod, container);
            init += one.path("restartCount").asLong(0);
            lastInit = later(lastInit, one);
            if (isSidecar(container)) {
                sidecars += one.path("restartCount").asLong(0);
                lastSidecar = later(lastSidecar, one);
            }
        }
        if (!PodStatusText.initialized(pod)) {
            return restartText(init, lastInit, now);
        }
        long count = sidecars;
        Instant last = lastSidecar;
        for (JsonNode one : status.path("containerStatuses")) {
            count += one.path("restartCount").asLong(0);
            last = later(last, one);
        }
        return restartText(count, last, now);
    }

    private static String restartText(long count, Instant last, Instant now) {
        if (count == 0 || last.equals(Instant.EPOCH)) {
            return Long.toString(count);
        }
        return count + " (" + HumanDuration.format(Duration.between(last, now)) + " ago)";
    }

    private static Instant later(Instant known, JsonNode status) {
        JsonNode finished = status.path("lastState").path("terminated").path("finishedAt");
        if (!finished.isString()) {
            return known;
        }
        Instant time = Instant.parse(finished.stringValue());
        return time.isAfter(known) ? time : known;
    }

    private static String ip(JsonNode pod) {
        JsonNode first = pod.path("status").path("podIPs").path(0).path("ip");
        return first.isString() ? first.stringValue() : Cells.textAt(pod, "status.podIP", Cells.NONE);
    }

    private static String gates(JsonNode pod) {
        JsonNode gates = pod.path("spec").path("readinessGates");
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        int open = 0;
        for (JsonNode gate : gates) {
            String type = gate.path("conditionType").asString("");
            if (PodStatusText.conditionIs(pod, type, "True")) {
                open++;
            }
        }
        return open + "/" + gates.size();
    }
}
