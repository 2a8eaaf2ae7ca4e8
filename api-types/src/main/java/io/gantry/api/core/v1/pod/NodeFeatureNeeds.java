package io.gantry.api.core.v1.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Features of nodes that pods may need (KEP-5328, upstream
/// `k8s.io/component-helpers/nodedeclaredfeatures`). Nodes tell theirs in `status.declaredFeatures`.
public final class NodeFeatureNeeds {
    private static final String RESIZE_OF_PODS = "InPlacePodLevelResourcesVerticalScaling";
    private static final String RESIZE_OF_INIT_CONTAINERS = "InPlacePodVerticalScalingInitContainers";
    private static final String RESTART_ALL = "RestartAllContainersOnContainerExits";
    private static final String USERS_ON_HOST_NETWORK = "UserNamespacesHostNetworkSupport";

    /// What this project's kubelets declare, in order of the names.
    public static final List<String> MET =
            List.of("ExtendWebSocketsToKubelet", RESIZE_OF_PODS, RESIZE_OF_INIT_CONTAINERS, RESTART_ALL);

    private NodeFeatureNeeds() {}

    /// What a node must declare to run the pod, in order of the names.
    public static List<String> toRun(PodSpec spec) {
        boolean restarts = Stream.concat(spec.containers().stream(), spec.initContainers().stream())
                .anyMatch(NodeFeatureNeeds::restartsAll);
        boolean users = Boolean.TRUE.equals(spec.hostNetwork()) && Boolean.FALSE.equals(spec.hostUsers());
        if (!restarts && !users) {
            return List.of();
        }
        List<String> needed = new ArrayList<>();
        if (restarts) {
            needed.add(RESTART_ALL);
        }
        if (users) {
            needed.add(USERS_ON_HOST_NETWORK);
        }
        return needed;
    }

    private static boolean restartsAll(Container container) {
        return container.restartPolicyRules().stream().anyMatch(rule -> "RestartAllContainers".equals(rule.action()));
    }

    /// What the pod's node must declare for a change of the pod, in order of the names.
    public static List<String> toChange(PodSpec before, PodSpec after) {
        List<String> needed = new ArrayList<>();
        if (!Objects.equals(before.resources(), after.resources())) {
            needed.add(RESIZE_OF_PODS);
        }
        int both =
                Math.min(before.initContainers().size(), after.initContainers().size());
        for (int i = 0; i < both && !needed.contains(RESIZE_OF_INIT_CONTAINERS); i++) {
            Container container = before.initContainers().get(i);
            if (!PodResources.isSidecar(container)
                    && !Objects.equals(
                            container.resources(), after.initContainers().get(i).resources())) {
                needed.add(RESIZE_OF_INIT_CONTAINERS);
            }
        }
        return needed;
    }

    /// Those needed that are not declared.
    public static List<String> missing(List<String> needed, List<String> declared) {
        return needed.stream().filter(feature -> !declared.contains(feature)).toList();
    }
}
