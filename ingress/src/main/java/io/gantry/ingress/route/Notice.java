package io.gantry.ingress.route;

import io.gantry.client.ObjectKey;

/// What the author of an Ingress should know; becomes a Warning event.
///
/// @param reason one word in CamelCase
public record Notice(ObjectKey ingress, String reason, String message) {}
