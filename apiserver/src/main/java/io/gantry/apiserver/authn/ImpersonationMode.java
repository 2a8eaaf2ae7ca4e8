package io.gantry.apiserver.authn;

import java.util.List;
import java.util.Optional;

/// A way to act as somebody else (KEP-5284, upstream `pkg/endpoints/filters/impersonation/mode.go`), in the order in
/// which they are tried. The constrained ones need the verb `impersonate:MODE` on the identity, and
/// `impersonate-on:MODE:VERB` on what is done with it.
enum ImpersonationMode {
    /// A service account's pod acts as the node it runs on.
    ASSOCIATED_NODE("associated-node"),
    ARBITRARY_NODE("arbitrary-node"),
    SERVICE_ACCOUNT("serviceaccount"),
    /// Users that are neither nodes nor service accounts.
    USER_INFO("user-info"),
    /// `impersonate`, whatever is done.
    LEGACY("");

    private static final String NODE_OF_POD = "authentication.kubernetes.io/node-name";

    private final String text;

    ImpersonationMode(String text) {
        this.text = text;
    }

    boolean isConstrained() {
        return this != LEGACY;
    }

    /// On the identity.
    String verb() {
        return isConstrained() ? "impersonate:" + text : "impersonate";
    }

    /// On what is done with it.
    String verbOn(String verb) {
        return "impersonate-on:" + text + ":" + verb;
    }

    /// Whether this is a way for such a user to become such another.
    boolean applies(UserInfo wanted, UserInfo requestor) {
        Optional<String> node = Usernames.node(wanted.name());
        boolean account = Usernames.serviceAccount(wanted.name()).isPresent();
        return switch (this) {
            case ASSOCIATED_NODE -> isOnlyName(wanted) && node.isPresent() && isOn(requestor, node.get());
            case ARBITRARY_NODE -> isOnlyName(wanted) && node.isPresent();
            case SERVICE_ACCOUNT -> isOnlyName(wanted) && account;
            case USER_INFO -> node.isEmpty() && !account;
            case LEGACY -> true;
        };
    }

    private static boolean isOn(UserInfo requestor, String node) {
        return Usernames.serviceAccount(requestor.name()).isPresent()
                && List.of(node).equals(requestor.extra().get(NODE_OF_POD));
    }

    private static boolean isOnlyName(UserInfo wanted) {
        return wanted.uid().isEmpty()
                && wanted.groups().isEmpty()
                && wanted.extra().isEmpty();
    }
}
