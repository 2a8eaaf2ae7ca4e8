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

    /// Each node is checked, by more than the pod's shape and the node: nothing of this cycle may be remembered.
    record Afresh(NodeFilter filter) implements Preparation {}

    /// Only these nodes can do, and each is checked.
    record OnlyNodes(Set<String> names, NodeFilter filter) implements Preparation {}

    /// Decides for one node; pure and quick.
    @FunctionalInterface
    interface NodeFilter {
        Verdict check(NodeInfo node);

        /// Decides for a node as it would be with other pods on it. A filter that looks at pods of other
        /// nodes too overrides it, and takes the difference into account.
        default Verdict check(NodeInfo changed, NodeInfo asIs) {
            return check(changed);
        }
    }

    static Preparation each(NodeFilter filter) {
        return new EachNode(filter);
    }
}
