package io.gantry.apiserver.watch;

/// All objects of a resource at a revision.
public record Snapshot(SortedObjects objects, long revision) {}
