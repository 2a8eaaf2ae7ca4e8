package io.gantry.apiserver.authn;

import io.gantry.api.kind.Names;
import java.util.Optional;

/// Names of users that are nodes and service accounts.
public final class Usernames {
    private static final String NODE = "system:node:";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /// A service account.
    record Account(String namespace, String name) {}

    private Usernames() {}

    public static boolean isServiceAccount(String username) {
        return serviceAccount(username).isPresent();
    }

    /// The node's name.
    static Optional<String> node(String username) {
        return username.startsWith(NODE)
                ? Optional.of(username.substring(NODE.length())).filter(Names::isSubdomain)
                : Optional.empty();
    }

    static Optional<Account> serviceAccount(String username) {
        if (!username.startsWith(SERVICE_ACCOUNT)) {
            return Optional.empty();
        }
        String[] parts = username.substring(SERVICE_ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && Names.isLabel(parts[0]) && Names.isSubdomain(parts[1])
                ? Optional.of(new Account(parts[0], parts[1]))
                : Optional.empty();
    }
}
