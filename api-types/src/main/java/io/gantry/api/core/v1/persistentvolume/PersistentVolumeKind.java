package io.gantry.api.core.v1.persistentvolume;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `PersistentVolume` kind of `v1` to the API server and to clients.
public final class PersistentVolumeKind implements KindDefinition<PersistentVolume> {
    public static final Kind<PersistentVolume> KIND = new Kind<>(
            PersistentVolume.class, "", "v1", "PersistentVolume", "persistentvolumes", false, List.of("pv"), List.of());

    @Override
    public Kind<PersistentVolume> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<PersistentVolume> rules() {
        return new PersistentVolumeRules();
    }

    @Override
    public List<Column> columns() {
        return VolumeColumns.volumes();
    }
}
