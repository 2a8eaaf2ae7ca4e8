package io.gantry.kubelet.spec;

/// A spec cannot be carried out as things are, e.g. since a ConfigMap is missing. Users see the message.
public final class SpecFailure extends Exception {
    public SpecFailure(String message) {
        super(message);
    }

    public SpecFailure(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    /// Never null.
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
