package io.gantry.client;

/// One event of a watch.
public sealed interface WatchEvent<T> {
    /// An object came to be, or came to match the selector.
    record Added<T>(T object) implements WatchEvent<T> {}

    record Modified<T>(T object) implements WatchEvent<T> {}

    /// An object is gone, or no longer matches the selector; the object shows its last state and the revision of the
    /// deletion.
    record Deleted<T>(T object) implements WatchEvent<T> {}

    /// Nothing changed up to this revision.
    record Bookmark<T>(String resourceVersion) implements WatchEvent<T> {}
}
