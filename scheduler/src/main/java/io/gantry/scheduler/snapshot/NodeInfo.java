package io.gantry.scheduler.snapshot;

import io.gantry.api.core.v1.node.ContainerImage;
import io.gantry.api.core.v1.node.Node;
import io.gantry.api.resource.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A node with the pods on it (bound or assumed). Immutable; [#with] and [#without] give changed copies.
public final class NodeInfo {
    private final Node node;
    private final Facts facts;
    private final List<PodInfo> pods;
    private final Resources requested;
    private final Resources nonZeroRequested;

    private NodeInfo(Node node, Facts facts, List<PodInfo> pods, Resources requested, Resources nonZeroRequested) {
        this.node = node;
        this.facts = facts;
        this.pods = pods;
        this.requested = requested;
        this.nonZeroRequested = nonZeroRequested;
    }

    /// What is computed from the Node alone. The position is set by the snapshot that the node is in.
    private static final class Facts {
        private final String name;
        private final Resources allocatable;
        private final long allowedPods;
        private final Map<String, Long> imageSizes;
        private int position = -1;

        Facts(String name, Resources allocatable, long allowedPods, Map<String, Long> imageSizes) {
            this.name = name;
            this.allocatable = allocatable;
            this.allowedPods = allowedPods;
            this.imageSizes = imageSizes;
        }
    }

    /// A node with no pods.
    public static NodeInfo of(Node node) {
        Map<String, Quantity> allocatable = node.status().allocatable().isEmpty()
                ? node.status().capacity()
                : node.status().allocatable();
        Quantity pods = allocatable.get("pods");
        Facts facts = new Facts(
                Objects.requireNonNullElse(node.metadata().name(), ""),
                Resources.of(allocatable),
                pods == null ? 0 : pods.value(),
                imageSizes(node));
        return new NodeInfo(node, facts, List.of(), Resources.NONE, Resources.NONE);
    }

    /// The same pods on a newer state of the node.
    public NodeInfo withNode(Node newer) {
        NodeInfo fresh = of(newer);
        fresh.facts.position = facts.position;
        return new NodeInfo(newer, fresh.facts, pods, requested, nonZeroRequested);
    }

    public NodeInfo with(PodInfo pod) {
        List<PodInfo> more = new ArrayList<>(pods.size() + 1);
        more.addAll(pods);
        more.add(pod);
        return new NodeInfo(
                node, facts, more, requested.plus(pod.requests()), nonZeroRequested.plus(pod.nonZeroRequests()));
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
                node, facts, fewer, requested.minus(old.requests()), nonZeroRequested.minus(old.nonZeroRequests()));
    }

    /// Without these pods, all of which are here.
    public NodeInfo withoutAll(List<PodInfo> leaving) {
        Set<PodInfo> gone = new HashSet<>(leaving);
        List<PodInfo> kept = new ArrayList<>(pods.size());
        Resources less = requested;
        Resources lessNonZero = nonZeroRequested;
        for (PodInfo pod : pods) {
            if (gone.contains(pod)) {
                less = less.minus(pod.requests());
                lessNonZero = lessNonZero.minus(pod.nonZeroRequests());
            } else {
                kept.add(pod);
            }
        }
        return new NodeInfo(node, facts, kept, less, lessNonZero);
    }

    /// With a newer state of a pod that is here and asks for the same.
    NodeInfo replaced(PodInfo newer) {
        int at = pods.indexOf(newer);
        if (at < 0) {
            return this;
        }
        List<PodInfo> same = new ArrayList<>(pods);
        same.set(at, newer);
        return new NodeInfo(node, facts, same, requested, nonZeroRequested);
    }

    /// Where it stands in its snapshot's list; -1 outside of one.
    public int position() {
        return facts.position;
    }

    void setPosition(int position) {
        facts.position = position;
    }

    public Node node() {
        return node;
    }

    public String name() {
        return facts.name;
    }

    public Map<String, String> labels() {
        return node.metadata().labels();
    }

    public Resources allocatable() {
        return facts.allocatable;
    }

    public long allowedPods() {
        return facts.allowedPods;
    }

    /// Sizes in bytes of the images on the node, by each of their names.
    public Map<String, Long> images() {
        return facts.imageSizes;
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

    private static Map<String, Long> imageSizes(Node node) {
        Map<String, Long> sizes = new HashMap<>();
        for (ContainerImage image : node.status().images()) {
            Long size = image.sizeBytes();
            image.names().forEach(name -> sizes.put(name, size == null ? 0 : size));
        }
        return sizes;
    }
}
