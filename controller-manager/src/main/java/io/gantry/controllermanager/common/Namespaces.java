package io.gantry.controllermanager.common;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.namespace.Namespace;

/// What controllers ask of namespaces.
public final class Namespaces {
    private Namespaces() {}

    /// Whether objects can still be made in it.
    public static boolean isActive(Namespace namespace) {
        return namespace.metadata().deletionTimestamp() == null
                && !"Terminating".equals(namespace.status().phase());
    }

    /// Whether a refused write only says that the namespace is gone or going.
    public static boolean isGone(StatusException e) {
        return e.isNotFound() || PodControl.isNamespaceTerminating(e);
    }
}
