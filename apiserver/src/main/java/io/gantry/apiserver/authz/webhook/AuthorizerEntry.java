package io.gantry.apiserver.authz.webhook;

import java.util.Locale;
import java.util.Optional;

/// One of the authorizers that are asked in turn.
///
/// @param webhook of a Webhook; empty of all others
public record AuthorizerEntry(Mode mode, String name, Optional<WebhookRules> webhook) {
    /// The authorizers there are, by upstream's names.
    public enum Mode {
        AlwaysAllow,
        AlwaysDeny,
        Node,
        RBAC,
        Webhook;

        /// What it is called in an `AuthorizationConfiguration`, where it is no webhook.
        public String entryName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One that is built in.
    public static AuthorizerEntry of(Mode mode) {
        return new AuthorizerEntry(mode, mode.entryName(), Optional.empty());
    }
}
