package io.gantry.apiserver.authz.node;

/// Something that a node may read because of a pod, or a pod itself.
///
/// @param resource the plural, e.g. `secrets`
record Target(String resource, String namespace, String name) {}
