package io.gantry.api.apps.v1.controllerrevision;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `ControllerRevision` kind of `apps/v1` to the API server and to clients.
public final class ControllerRevisionKind implements KindDefinition<ControllerRevision> {
    public static final Kind<ControllerRevision> KIND = new Kind<>(
            ControllerRevision.class,
            "apps",
            "v1",
            "ControllerRevision",
            "controllerrevisions",
            true,
            List.of(),
            List.of());

    @Override
    public Kind<ControllerRevision> kind() {
        return KIND;
    }
}
