package io.gantry.scheduler.testing;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.Arrays;
import java.util.List;

/// Objects from JSON with single quotes, which tests are readable in.
public final class Objects {
    private Objects() {}

    public static <T extends KubernetesObject> T json(Class<T> type, String text) {
        return Json.MAPPER.readValue(text.replace('\'', '"'), type);
    }

    /// A pod in namespace `default` with the labels and spec given as JSON members, e.g. `'nodeName':'a'`.
    public static PodInfo pod(String name, String labels, String spec) {
        String containers = spec.contains("'containers'") ? "" : (spec.isEmpty() ? "" : ",") + "'containers':[]";
        return new PodInfo(json(
                Pod.class,
                "{'metadata':{'name':'" + name + "','namespace':'default','uid':'" + name + "','labels':{" + labels
                        + "}},'spec':{" + spec + containers + "}}"));
    }

    public static PodInfo pod(String name, String spec) {
        return pod(name, "", spec);
    }

    /// A pod that requests CPU and memory, e.g. `500m`, `1Gi`.
    public static PodInfo pod(String name, int priority, String cpu, String memory) {
        return pod(
                name,
                "'app':'" + name + "'",
                "'priority':" + priority + ",'containers':[{'name':'c','resources':{'requests':{'cpu':'" + cpu
                        + "','memory':'" + memory + "'}}}]");
    }

    /// A node with 4 CPUs, 8 Gi, 10 pods, the labels (JSON members) and spec.
    public static NodeInfo node(String name, String labels, String spec) {
        return NodeInfo.of(json(
                Node.class,
                "{'metadata':{'name':'" + name + "','labels':{'kubernetes.io/hostname':'" + name + "'"
                        + (labels.isEmpty() ? "" : ",") + labels + "}},'spec':{" + spec
                        + "},'status':{'allocatable':{'cpu':'4','memory':'8Gi','pods':'10','example.com/gpu':'2'}}}"));
    }

    public static NodeInfo node(String name) {
        return node(name, "", "");
    }

    public static NodeInfo node(String name, PodInfo... pods) {
        NodeInfo node = node(name);
        for (PodInfo pod : pods) {
            node = node.with(pod);
        }
        return node;
    }

    public static Snapshot snapshot(NodeInfo... nodes) {
        return Snapshot.of(List.copyOf(Arrays.asList(nodes)));
    }
}
