package io.gantry.apiserver.authn;

/// A bearer token that is of a sort that we know and does not hold, and why. Clients learn that it does not hold; the
/// log and whoever reviews it learn why.
public final class RefusedToken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RefusedToken(String message) {
        super(message, null, false, false);
    }

    /// The message, which is never absent.
    public String why() {
        return String.valueOf(getMessage());
    }
}
