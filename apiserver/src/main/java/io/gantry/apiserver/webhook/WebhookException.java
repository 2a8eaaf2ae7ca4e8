package io.gantry.apiserver.webhook;

/// A webhook that could not be asked, or whose answer is none. The message is upstream's, without the webhook's name.
public final class WebhookException extends Exception {
    private final boolean timedOut;
    private final boolean passing;

    WebhookException(String message, boolean timedOut) {
        this(message, timedOut, false);
    }

    WebhookException(String message, boolean timedOut, boolean passing) {
        super(message);
        this.timedOut = timedOut;
        this.passing = passing;
    }

    /// Whether the webhook's server says that it may be asked again (upstream `webhook.DefaultShouldRetry`).
    public boolean passing() {
        return passing;
    }

    /// Whether time ran out.
    public boolean timedOut() {
        return timedOut;
    }
}
