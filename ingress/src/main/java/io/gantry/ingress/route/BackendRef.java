package io.gantry.ingress.route;

import io.gantry.client.ObjectKey;

/// A port of a Service.
///
/// @param port its number, or its name (which has a letter)
public record BackendRef(ObjectKey service, String port) {}
