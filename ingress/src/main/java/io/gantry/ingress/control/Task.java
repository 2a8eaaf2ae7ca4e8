package io.gantry.ingress.control;

import io.gantry.client.ObjectKey;

/// What [IngressController] is to look at again.
public sealed interface Task {
    /// Ingresses, classes, certificates.
    record Routes() implements Task {}

    /// The endpoints of one Service.
    record Endpoints(ObjectKey service) implements Task {}

    /// The status of one Ingress.
    record Status(ObjectKey ingress) implements Task {}
}
