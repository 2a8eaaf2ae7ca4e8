package io.gantry.api.core.v1.componentstatus;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `ComponentStatus` kind of `v1` to the API server and to clients.
public final class ComponentStatusKind implements KindDefinition<ComponentStatus> {
    public static final Kind<ComponentStatus> KIND = new Kind<>(
            ComponentStatus.class, "", "v1", "ComponentStatus", "componentstatuses", false, List.of("cs"), List.of());

    @Override
    public Kind<ComponentStatus> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
