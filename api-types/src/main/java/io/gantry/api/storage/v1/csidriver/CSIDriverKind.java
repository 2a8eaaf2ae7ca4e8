package io.gantry.api.storage.v1.csidriver;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `CSIDriver` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class CSIDriverKind implements KindDefinition<CSIDriver> {
    public static final Kind<CSIDriver> KIND =
            new Kind<>(CSIDriver.class, "storage.k8s.io", "v1", "CSIDriver", "csidrivers", false, List.of(), List.of());

    @Override
    public Kind<CSIDriver> kind() {
        return KIND;
    }
}
