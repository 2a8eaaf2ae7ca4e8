package io.gantry.kubelet.pod;

/// A container could not be started: the reason and message that its waiting state shows.
public final class StartFailure extends Exception {
    private final String reason;

    public StartFailure(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /// The waiting state's message.
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
