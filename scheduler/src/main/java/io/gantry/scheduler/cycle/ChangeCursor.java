package io.gantry.scheduler.cycle;

import io.gantry.scheduler.snapshot.Snapshot;
import java.util.function.IntConsumer;

/// How far somebody who remembers things about nodes has followed the changes of nodes and of promises.
final class ChangeCursor {
    private long nodes;
    private long promises;

    /// Tells the positions whose findings are void since the last call.
    ///
    /// @param forgetAll called in their place when they are too many to be known
    void follow(Snapshot snapshot, Nominations nominations, IntConsumer forget, Runnable forgetAll) {
        long promisesNow = nominations.changed();
        boolean known = snapshot.changesSince(nodes, forget);
        if (promisesNow != promises) {
            known &= nominations.changesSince(promises, promisesNow, node -> {
                int position = snapshot.positionOf(node);
                if (position >= 0) {
                    forget.accept(position);
                }
            });
        }
        if (!known) {
            forgetAll.run();
        }
        nodes = snapshot.changed();
        promises = promisesNow;
    }
}
