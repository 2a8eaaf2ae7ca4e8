package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ObjectKey;
import io.gantry.client.PartialObjectMetadata;
import java.util.List;

/// What the garbage collector knows of one object: a snapshot.
///
/// @param going it has a deletionTimestamp
/// @param foreground it waits for its dependents to go first
/// @param orphaning its dependents are to be set free before it goes
record Item(
        Kind<PartialObjectMetadata> kind,
        ObjectKey key,
        String uid,
        List<OwnerReference> owners,
        boolean going,
        boolean foreground,
        boolean orphaning) {
    static final String FOREGROUND = "foregroundDeletion";
    static final String ORPHAN = "orphan";

    /// It only waits for its dependents.
    boolean isDeletingDependents() {
        return going && foreground;
    }

    @Override
    public String toString() {
        return kind.groupResource() + " " + key;
    }
}
