package io.gantry.scheduler.cycle;

import io.gantry.api.resource.v1.resourceclaim.ResourceClaim;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// What a cycle came to for one pod.
public sealed interface Decision {
    /// @param feasible how many nodes would have done
    record Placed(String node, int feasible) implements Decision {}

    /// @param attempt what post-filter plugins go on from; valid until the next cycle
    record Unschedulable(Diagnosis diagnosis, PostFilterPlugin.Failed attempt) implements Decision {
        /// Asks the profile's post-filter plugins: the first that finds a way decides; what the others say
        /// is joined.
        /// Empty when there are no nodes.
        public Optional<PostFilterPlugin.Result> postFilter(Profile profile, PodInfo pod, Snapshot snapshot) {
            if (diagnosis.nodes() == 0) {
                return Optional.empty();
            }
            StringJoiner messages = new StringJoiner(", ");
            boolean clears = profile.postFilters().isEmpty();
            List<ResourceClaim> release = new ArrayList<>();
            for (PostFilterPlugin plugin : profile.postFilters()) {
                PostFilterPlugin.Result result = plugin.postFilter(pod, snapshot, attempt);
                if (result.node().isPresent()) {
                    return Optional.of(result);
                }
                clears |= result.clears();
                release.addAll(result.release());
                if (!result.message().isEmpty()) {
                    messages.add(result.message());
                }
            }
            return Optional.of(
                    new PostFilterPlugin.Result(Optional.empty(), List.of(), messages.toString(), clears, release));
        }
    }
}
