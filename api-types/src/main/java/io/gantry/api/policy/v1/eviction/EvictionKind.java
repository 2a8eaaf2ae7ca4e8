package io.gantry.api.policy.v1.eviction;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `Eviction` kind of `policy/v1` to the API server and to clients.
public final class EvictionKind implements KindDefinition<Eviction> {
    public static final Kind<Eviction> KIND =
            new Kind<>(Eviction.class, "policy", "v1", "Eviction", "evictions", true, List.of(), List.of());

    @Override
    public Kind<Eviction> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
