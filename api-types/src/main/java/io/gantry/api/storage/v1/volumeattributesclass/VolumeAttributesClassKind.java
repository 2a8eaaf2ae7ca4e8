package io.gantry.api.storage.v1.volumeattributesclass;

import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import java.util.List;

/// Declares the `VolumeAttributesClass` kind of `storage.k8s.io/v1` to the API server and to clients.
public final class VolumeAttributesClassKind implements KindDefinition<VolumeAttributesClass> {
    public static final Kind<VolumeAttributesClass> KIND = new Kind<>(
            VolumeAttributesClass.class,
            "storage.k8s.io",
            "v1",
            "VolumeAttributesClass",
            "volumeattributesclasses",
            false,
            List.of("vac"),
            List.of());

    @Override
    public Kind<VolumeAttributesClass> kind() {
        return KIND;
    }
}
