package io.gantry.apiserver.endpoint;

import java.util.Map;

/// What takes part in writes.
///
/// @param hooks by group and resource, e.g. `services`
public record WriteSteps(AdmissionChain admission, Map<String, WriteHook> hooks, Bodies bodies) {
    public WriteSteps {
        hooks = Map.copyOf(hooks);
    }
}
