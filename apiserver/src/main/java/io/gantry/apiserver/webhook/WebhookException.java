package io.gantry.apiserver.webhook;

/// A webhook that could not be asked, or whose answer is none. The message is upstream's, without the webhook's name.
public final class WebhookException extends Exception {
    private final boolean timedOut;

    WebhookException(String message, boolean timedOut) {
        super(message);
        this.timedOut = timedOut;
    }

    /// Whether time ran out.
    public boolean timedOut() {
        return timedOut;
    }
}
