package io.gantry.apiserver.authz.node;

import io.gantry.apiserver.authn.UserInfo;
import java.util.Optional;

/// Which node a user is.
public final class NodeIdentity {
    public static final String GROUP = "system:nodes";
    public static final String USER_PREFIX = "system:node:";

    private NodeIdentity() {}

    /// The node's name; empty for who is no node.
    public static Optional<String> of(UserInfo user) {
        return user.name().startsWith(USER_PREFIX) && user.inGroup(GROUP)
                ? Optional.of(user.name().substring(USER_PREFIX.length()))
                : Optional.empty();
    }
}
