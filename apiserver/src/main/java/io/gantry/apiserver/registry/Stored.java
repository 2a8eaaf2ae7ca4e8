package io.gantry.apiserver.registry;

import tools.jackson.databind.node.ObjectNode;

/// An object as it is in the store, read to be written.
///
/// @param object a tree of the caller's own, in the storage version, with its resourceVersion
public record Stored(String key, ObjectNode object, long revision) {}
