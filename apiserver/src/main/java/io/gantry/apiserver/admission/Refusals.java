package io.gantry.apiserver.admission;

import io.gantry.api.StatusException;

/// Refusals in upstream's words: `pods "x" is forbidden: why`.
public final class Refusals {
    private Refusals() {}

    public static StatusException forbidden(AdmissionAttributes attributes, String why) {
        return StatusException.forbidden(attributes.group(), attributes.resource(), attributes.name(), why);
    }

    /// Something is not ready that will be; the client may try again.
    public static StatusException retryLater(AdmissionAttributes attributes, String why) {
        return StatusException.of(
                500, "ServerTimeout", attributes.resource() + " cannot be admitted now: " + why, null);
    }
}
