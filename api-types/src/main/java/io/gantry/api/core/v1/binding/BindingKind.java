package io.gantry.api.core.v1.binding;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `Binding` kind of `v1` to the API server and to clients.
public final class BindingKind implements KindDefinition<Binding> {
    public static final Kind<Binding> KIND =
            new Kind<>(Binding.class, "", "v1", "Binding", "bindings", true, List.of(), List.of());

    @Override
    public Kind<Binding> kind() {
        return KIND;
    }

    @Override
    public boolean stored() {
        return false;
    }
}
