package io.gantry.api.core.v1.persistentvolumeclaim;

import io.gantry.api.core.v1.persistentvolume.VolumeColumns;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.Kind;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Subresource;
import java.util.List;
import java.util.Set;

/// Declares the `PersistentVolumeClaim` kind of `v1` to the API server and to clients.
public final class PersistentVolumeClaimKind implements KindDefinition<PersistentVolumeClaim> {
    public static final Kind<PersistentVolumeClaim> KIND = new Kind<>(
            PersistentVolumeClaim.class,
            "",
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            true,
            List.of("pvc"),
            List.of());

    @Override
    public Kind<PersistentVolumeClaim> kind() {
        return KIND;
    }

    @Override
    public Set<Subresource> subresources() {
        return Set.of(Subresource.STATUS);
    }

    @Override
    public KindRules<PersistentVolumeClaim> rules() {
        return new PersistentVolumeClaimRules();
    }

    @Override
    public List<Column> columns() {
        return VolumeColumns.claims();
    }
}
