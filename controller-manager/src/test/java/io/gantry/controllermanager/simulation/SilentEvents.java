package io.gantry.controllermanager.simulation;

import io.gantry.api.KubernetesObject;
import io.gantry.api.core.v1.endpoints.ObjectReference;
import io.gantry.client.event.EventSink;

/// Nobody listens.
final class SilentEvents implements EventSink {
    @Override
    public void event(KubernetesObject regarding, String type, String reason, String message) {}

    @Override
    public void event(ObjectReference regarding, String type, String reason, String message) {}
}
