package io.gantry.apiserver.webhook;

import io.gantry.apiserver.proxy.Backend;

/// Finds where a Service is reached. Thread-safe; may block on the first use.
public interface ServiceResolver {
    /// An address and port behind a Service's port.
    ///
    /// @throws io.gantry.api.StatusException 404 without the Service, 503 without an endpoint that is ready
    Backend resolve(String namespace, String name, int port);
}
