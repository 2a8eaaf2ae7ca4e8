package io.gantry.apiserver.authn;

import java.util.Optional;

/// Who a request counts as, and who sent it where that is somebody else.
///
/// @param user as whom it is authorized
/// @param impersonator empty where nobody is impersonated
public record Identity(UserInfo user, Optional<Impersonator> impersonator) {
    /// Who acts as somebody else.
    ///
    /// @param constraint the verb of the constrained mode that allowed it, e.g. `impersonate:user-info`; empty for
    /// `impersonate`
    public record Impersonator(UserInfo user, String constraint) {}

    static Identity of(UserInfo user) {
        return new Identity(user, Optional.empty());
    }
}
