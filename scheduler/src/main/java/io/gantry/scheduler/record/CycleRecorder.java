package io.gantry.scheduler.record;

import io.gantry.scheduler.cycle.Decision;
import io.gantry.scheduler.framework.PostFilterPlugin;
import io.gantry.scheduler.framework.Profile;
import io.gantry.scheduler.snapshot.PodInfo;
import io.gantry.scheduler.snapshot.Snapshot;
import java.util.Optional;

/// Is told of each scheduling cycle, on the scheduling thread.
public interface CycleRecorder extends AutoCloseable {
    CycleRecorder NONE = new CycleRecorder() {
        @Override
        public void begin(Profile profile, PodInfo pod, Snapshot snapshot, int start) {}

        @Override
        public void end(Decision decision, Optional<PostFilterPlugin.Result> result) {}
    };

    /// A cycle begins.
    ///
    /// @param start the position of the node that is looked at first
    void begin(Profile profile, PodInfo pod, Snapshot snapshot, int start);

    /// The cycle ended.
    ///
    /// @param result of the post-filter plugins, where they were asked
    void end(Decision decision, Optional<PostFilterPlugin.Result> result);

    /// No cycle follows.
    @Override
    default void close() {}

    /// A decision in one line.
    static String text(Decision decision, Optional<PostFilterPlugin.Result> result) {
        return switch (decision) {
            case Decision.Placed placed -> "placed on " + placed.node() + " of " + placed.feasible();
            case Decision.Unschedulable unschedulable ->
                unschedulable.diagnosis().message()
                        + result.map(CycleRecorder::text).orElse("");
        };
    }

    private static String text(PostFilterPlugin.Result result) {
        return result.node()
                .map(node -> " promised " + node + " without "
                        + result.victims().stream().map(PodInfo::uid).toList())
                .orElse(" " + result.message());
    }
}
