package io.gantry.apiserver.authz;

/// Whether it may be done.
///
/// @param reason why or why not, for the client; may be empty
/// @param error what kept an authorizer from an answer; empty without one
public record Decision(Verdict verdict, String reason, String error) {
    /// What an authorizer says.
    public enum Verdict {
        ALLOW,
        /// Nobody else is asked.
        DENY,
        /// The next authorizer is asked; of the last one it is a no.
        NO_OPINION
    }

    public static Decision allow(String reason) {
        return new Decision(Verdict.ALLOW, reason, "");
    }

    public static Decision deny(String reason) {
        return new Decision(Verdict.DENY, reason, "");
    }

    public static Decision noOpinion(String reason) {
        return new Decision(Verdict.NO_OPINION, reason, "");
    }

    public boolean allowed() {
        return verdict == Verdict.ALLOW;
    }

    public boolean denied() {
        return verdict == Verdict.DENY;
    }
}
