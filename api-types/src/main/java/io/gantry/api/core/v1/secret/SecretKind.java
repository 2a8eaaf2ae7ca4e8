package io.gantry.api.core.v1.secret;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `Secret` kind of `v1` to the API server and to clients.
public final class SecretKind implements KindDefinition<Secret> {
    public static final Kind<Secret> KIND =
            new Kind<>(Secret.class, "", "v1", "Secret", "secrets", true, List.of(), List.of());

    @Override
    public Kind<Secret> kind() {
        return KIND;
    }
}
