package io.gantry.kubeproxy.route;

/// The next stop on the way to the pods of another node.
///
/// @param gateway an IPv4 address: the node's own, or that of its end of the overlay
/// @param overlay whether it is reached through [OverlayDevice]
record Hop(String gateway, boolean overlay) {}
