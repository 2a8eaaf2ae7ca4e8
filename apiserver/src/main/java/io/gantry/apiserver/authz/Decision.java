package io.gantry.apiserver.authz;

/// Whether it may be done.
///
/// @param reason why or why not, for the client; may be empty
public record Decision(boolean allowed, String reason) {
    public static Decision allow(String reason) {
        return new Decision(true, reason);
    }

    public static Decision deny(String reason) {
        return new Decision(false, reason);
    }
}
