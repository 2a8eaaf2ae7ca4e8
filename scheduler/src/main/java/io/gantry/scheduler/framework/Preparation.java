package io.gantry.scheduler.framework;

import io.gantry.scheduler.snapshot.NodeInfo;
import java.util.Set;

/// What a filter plugin makes of a pod before it looks at nodes.
public sealed interface Preparation {
    Preparation SKIP = new Skip();

    /// Nothing to check for this pod.
    record Skip() implements Preparation {}

    /// No node can do.
    record RejectAll(String reason) implements Preparation {}

    /// Each node is checked.
    record EachNode(NodeFilter filter) implements Preparation {}

    /// Only these nodes can do, and each is checked.
    record OnlyNodes(Set<String> names, NodeFilter filter) implements Preparation {}

    /// Decides for one node; pure and quick.
    @FunctionalInterface
    interface NodeFilter {
        Verdict check(NodeInfo node);
    }

    static Preparation each(NodeFilter filter) {
        return new EachNode(filter);
    }
}
