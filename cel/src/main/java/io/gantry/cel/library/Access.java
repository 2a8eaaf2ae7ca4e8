package io.gantry.cel.library;

import io.gantry.cel.library.AuthorizerValues.ResourceCheck;

/// What one user may do, as the host of the expressions knows it.
public interface Access {
    /// Whether the verb may be done to the resource.
    Answer decide(ResourceCheck check, String verb);

    /// Whether the verb may be done to a path that is no resource's.
    Answer decide(String path, String verb);

    /// The same question for a service account.
    Access ofServiceAccount(String namespace, String name);

    /// @param reason why or why not; may be empty
    record Answer(boolean allowed, String reason) {}
}
