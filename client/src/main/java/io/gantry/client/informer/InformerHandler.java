package io.gantry.client.informer;

import java.util.function.Consumer;

/// What is told of every change, in order, on the informer's thread. Implementations only note keys in queues: while
/// one works, the informer reads nothing.
public interface InformerHandler<T> {
    /// Called for an object that was not known, first of all for those of the first list.
    default void added(T object) {}

    /// Called only when the revision differs, also for what a relist found.
    default void updated(T before, T now) {}

    /// @param last the last state known, which can be older than the deletion
    default void deleted(T last) {}

    /// A handler that treats every change alike; an update passes the new state.
    static <T> InformerHandler<T> onAny(Consumer<T> action) {
        return of(action, action);
    }

    /// A handler for what there is, be it new or changed, and for what is gone.
    ///
    /// @param gone as [#deleted] is told it
    static <T> InformerHandler<T> of(Consumer<T> known, Consumer<T> gone) {
        return new InformerHandler<>() {
            @Override
            public void added(T object) {
                known.accept(object);
            }

            @Override
            public void updated(T before, T now) {
                known.accept(now);
            }

            @Override
            public void deleted(T last) {
                gone.accept(last);
            }
        };
    }
}
