package io.gantry.kubelet.node;

import io.gantry.api.core.v1.node.NodeCondition;
import io.gantry.api.core.v1.node.NodeConditionBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The conditions of a node in upstream's words (`pkg/kubelet/nodestatus/setters.go`). Pure.
final class NodeConditions {
    private final List<NodeCondition> before;
    private final Instant now;

    /// @param before what was reported before
    NodeConditions(List<NodeCondition> before, Instant now) {
        this.before = before;
        this.now = now;
    }

    /// What is observed now. A condition that stays keeps the time since when it is so, and those of others stay.
    List<NodeCondition> of(NodeObservation observed) {
        List<NodeCondition> conditions = new ArrayList<>(pressures(observed.pressure()));
        conditions.add(ready(observed.notReady()));
        before.stream()
                .filter(c -> conditions.stream().noneMatch(own -> own.type().equals(c.type())))
                .forEach(conditions::add);
        return conditions;
    }

    private List<NodeCondition> pressures(NodeObservation.Pressure pressure) {
        return List.of(
                pressure.memory()
                        ? met(
                                "MemoryPressure",
                                "KubeletHasInsufficientMemory",
                                "kubelet has insufficient memory available")
                        : unmet(
                                "MemoryPressure",
                                "KubeletHasSufficientMemory",
                                "kubelet has sufficient memory available"),
                pressure.disk()
                        ? met("DiskPressure", "KubeletHasDiskPressure", "kubelet has disk pressure")
                        : unmet("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                pressure.pids()
                        ? met("PIDPressure", "KubeletHasInsufficientPID", "kubelet has insufficient PID available")
                        : unmet("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"));
    }

    private NodeCondition ready(Optional<String> notReady) {
        return notReady.map(why -> unmet("Ready", "KubeletNotReady", why))
                .orElseGet(() -> met("Ready", "KubeletReady", "kubelet is posting ready status"));
    }

    private NodeCondition met(String type, String reason, String message) {
        return condition(type, "True", reason, message);
    }

    private NodeCondition unmet(String type, String reason, String message) {
        return condition(type, "False", reason, message);
    }

    private NodeCondition condition(String type, String status, String reason, String message) {
        Instant since = before.stream()
                .filter(c -> c.type().equals(type) && c.status().equals(status))
                .map(NodeCondition::lastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(now);
        return NodeConditionBuilder.builder()
                .type(type)
                .status(status)
                .lastHeartbeatTime(now)
                .lastTransitionTime(since)
                .reason(reason)
                .message(message)
                .build();
    }
}
