package io.gantry.client.work;

import java.time.Duration;

/// What a reconciler wants next for its key.
public sealed interface Result {
    /// Nothing until something changes.
    record Done() implements Result {}

    /// To be called again after this time, changed or not.
    record RequeueAfter(Duration delay) implements Result {}

    /// Nothing more is to be done until something changes.
    static Result done() {
        return new Done();
    }

    /// The key is to be looked at again after this time.
    static Result requeueAfter(Duration delay) {
        return new RequeueAfter(delay);
    }
}
