package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.ContainerImage;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A node with the pods on it (bound or assumed). Immutable; [#with] and [#without] give changed copies.
public final class NodeInfo {
    private final Node node;
    private final Resources allocatable;
    private final long allowedPods;
    private final Map<String, Long> imageSizes;
    private final List<PodInfo> pods;
    private final Resources requested;
    private final Resources nonZeroRequested;

    private NodeInfo(Node node, Facts facts, List<PodInfo> pods, Resources requested, Resources nonZeroRequested) {
        this.node = node;
        this.allocatable = facts.allocatable;
        this.allowedPods = facts.allowedPods;
        this.imageSizes = facts.imageSizes;
        this.pods = pods;
        this.requested = requested;
        this.nonZeroRequested = nonZeroRequested;
    }

    /// What is computed from the Node alone.
    private record Facts(Resources allocatable, long allowedPods, Map<String, Long> imageSizes) {}

    /// A node with no pods.
    public static NodeInfo of(Node node) {
        Map<String, Quantity> allocatable = node.status().allocatable().isEmpty()
                ? node.status().capacity()
                : node.status().allocatable();
        Quantity pods = allocatable.get("pods");
        Facts facts = new Facts(Resources.of(allocatable), pods == null ? 0 : pods.value(), imageSizes(node));
        return new NodeInfo(node, facts, List.of(), Resources.NONE, Resources.NONE);
    }

    /// The same pods on a newer state of the node.
    public NodeInfo withNode(Node newer) {
        NodeInfo fresh = of(newer);
        return new NodeInfo(newer, fresh.facts(), pods, requested, nonZeroRequested);
    }

    public NodeInfo with(PodInfo pod) {
        List<PodInfo> more = new ArrayList<>(pods.size() + 1);
        more.addAll(pods);
        more.add(pod);
        return new NodeInfo(
                node, facts(), more, requested.plus(pod.requests()), nonZeroRequested.plus(pod.nonZeroRequests()));
    }

    /// Without this pod; unchanged when it is not here.
    public NodeInfo without(PodInfo pod) {
        int at = pods.indexOf(pod);
        if (at < 0) {
            return this;
        }
        List<PodInfo> fewer = new ArrayList<>(pods);
        PodInfo old = fewer.remove(at);
        return new NodeInfo(
                node, facts(), fewer, requested.minus(old.requests()), nonZeroRequested.minus(old.nonZeroRequests()));
    }

    public Node node() {
        return node;
    }

    public String name() {
        return Objects.requireNonNullElse(node.metadata().name(), "");
    }

    public Map<String, String> labels() {
        return node.metadata().labels();
    }

    public Resources allocatable() {
        return allocatable;
    }

    public long allowedPods() {
        return allowedPods;
    }

    /// Sizes in bytes of the images on the node, by each of their names.
    public Map<String, Long> images() {
        return imageSizes;
    }

    /// The pods in order of arrival; not to be changed.
    public List<PodInfo> pods() {
        return pods;
    }

    public Resources requested() {
        return requested;
    }

    public Resources nonZeroRequested() {
        return nonZeroRequested;
    }

    private Facts facts() {
        return new Facts(allocatable, allowedPods, imageSizes);
    }

    private static Map<String, Long> imageSizes(Node node) {
        Map<String, Long> sizes = new HashMap<>();
        for (ContainerImage image : node.status().images()) {
            Long size = image.sizeBytes();
            image.names().forEach(name -> sizes.put(name, size == null ? 0 : size));
        }
        return sizes;
    }
}
