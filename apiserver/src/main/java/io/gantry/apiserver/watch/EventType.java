package io.gantry.apiserver.watch;

/// The types of watch events, spelled as on the wire.
public enum EventType {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR
}
