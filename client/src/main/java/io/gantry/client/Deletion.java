package io.gantry.client;

import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.DeleteOptionsBuilder;
import io.gantry.api.meta.v1.Preconditions;
import io.gantry.api.meta.v1.PreconditionsBuilder;

/// How to delete an object. Empty texts and negative numbers mean "the server's default".
///
/// @param propagation `Background`, `Foreground`, `Orphan` or empty
/// @param graceSeconds negative for the kind's default
/// @param uid delete only this very object
/// @param resourceVersion delete only this very revision
public record Deletion(String propagation, long graceSeconds, String uid, String resourceVersion) {

    /// The server's defaults.
    public static Deletion defaults() {
        return new Deletion("", -1, "", "");
    }

    /// The object goes at once; what it owns is collected afterwards.
    public static Deletion background() {
        return new Deletion("Background", -1, "", "");
    }

    /// The object stays, marked as deleted, until what it owns and that blocks its deletion is gone.
    public static Deletion foreground() {
        return new Deletion("Foreground", -1, "", "");
    }

    /// What the object owns stays, without an owner.
    public static Deletion orphan() {
        return new Deletion("Orphan", -1, "", "");
    }

    /// Deletes only the object with this uid, so that a successor of the same name survives.
    public Deletion withUid(String expected) {
        return new Deletion(propagation, graceSeconds, expected, resourceVersion);
    }

    /// Deletes the object only as it was at this revision; fails with a conflict when it has changed since.
    public Deletion withResourceVersion(String expected) {
        return new Deletion(propagation, graceSeconds, uid, expected);
    }

    /// Gives the object so many seconds to end; 0 deletes it at once, a negative number leaves it to the kind.
    public Deletion withGraceSeconds(long seconds) {
        return new Deletion(propagation, seconds, uid, resourceVersion);
    }

    /// The body of the DELETE request.
    public DeleteOptions toOptions() {
        DeleteOptionsBuilder builder =
                DeleteOptionsBuilder.builder().apiVersion("v1").kind("DeleteOptions");
        if (!propagation.isEmpty()) {
            builder.propagationPolicy(propagation);
        }
        if (graceSeconds >= 0) {
            builder.gracePeriodSeconds(graceSeconds);
        }
        if (!uid.isEmpty() || !resourceVersion.isEmpty()) {
            builder.preconditions(preconditions());
        }
        return builder.build();
    }

    private Preconditions preconditions() {
        PreconditionsBuilder builder = PreconditionsBuilder.builder();
        if (!uid.isEmpty()) {
            builder.uid(uid);
        }
        if (!resourceVersion.isEmpty()) {
            builder.resourceVersion(resourceVersion);
        }
        return builder.build();
    }
}
