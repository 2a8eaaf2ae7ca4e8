package io.gantry.scheduler.framework;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.snapshot.NodeInfo;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Looks for a way to make a pod schedulable that no node can take. Decides only; what it decides is
/// carried out by the scheduler. Runs on the scheduling thread.
public interface PostFilterPlugin extends Plugin {
    /// What is to be done for the pod.
    Result postFilter(PodInfo pod, Snapshot snapshot, Failed failed);

    /// A cycle that found no node.
    interface Failed {
        /// The positions of the nodes that were rejected for a reason which removing pods from them
        /// might end. Not to be changed.
        BitSet resolvable();

        /// What the filters say of a node as it would be with other pods on it.
        Verdict check(NodeInfo changed, NodeInfo asIs);

        /// Whether the filters that matter look at nothing but the pod and each node by itself.
        boolean isLocal();
    }

    /// What came of it.
    ///
    /// @param node the node promised to the pod, if one was found
    /// @param victims pods to be removed from it, most important first
    /// @param message the second part of the message of `FailedScheduling`; empty where a node was found
    /// @param clears whether an older promise to the pod is void
    /// @param release claims whose devices are given up, so that others may be found
    record Result(
            Optional<String> node, List<PodInfo> victims, String message, boolean clears, List<ResourceClaim> release) {
        public Result {
            victims = List.copyOf(victims);
            release = List.copyOf(release);
        }

        public Result(Optional<String> node, List<PodInfo> victims, String message, boolean clears) {
            this(node, victims, message, clears, List.of());
        }

        /// Nothing can be done.
        public static Result nothing(String message, boolean clears) {
            return new Result(Optional.empty(), List.of(), message, clears);
        }

        /// Nothing can be done but to give up the devices of claims.
        public static Result releasing(String message, ResourceClaim claim) {
            return new Result(Optional.empty(), List.of(), message, false, List.of(claim));
        }

        public static Result promise(String node, List<PodInfo> victims) {
            return new Result(Optional.of(node), victims, "", false);
        }
    }
}
