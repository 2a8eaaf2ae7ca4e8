package io.gantry.clusterdns.wire;

/// A message that breaks the rules of the protocol or asks for what is not served.
public final class MalformedMessageException extends Exception {
    private final ResponseCode code;

    public MalformedMessageException(ResponseCode code, String message) {
        super(message);
        this.code = code;
    }

    /// What to tell the sender.
    public ResponseCode code() {
        return code;
    }
}
