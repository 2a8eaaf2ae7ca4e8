package io.gantry.api.storage.v1.storageclass;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `StorageClass` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class StorageClassKind implements KindDefinition<StorageClass> {
    public static final Kind<StorageClass> KIND = new Kind<>(
            StorageClass.class,
            "storage.k8s.io",
            "v1",
            "StorageClass",
            "storageclasses",
            false,
            List.of("sc"),
            List.of());

    @Override
    public Kind<StorageClass> kind() {
        return KIND;
    }
}
