package io.gantry.apiserver.webhook;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// The pauses between the tries to reach a webhook, each half as long again as the one before and a fifth at random
/// (upstream `webhook.DefaultRetryBackoffWithInitialDelay`). One owner thread.
public final class WebhookPauses {
    /// How often it is tried at most.
    public static final int TRIES = 5;

    private static final double GROWTH = 1.5;
    private static final double JITTER = 0.2;

    private double millis;

    /// @param first without what chance adds
    public WebhookPauses(Duration first) {
        this.millis = first.toMillis();
    }

    /// How long to pause now.
    public Duration next() {
        double pause = millis * (1 + JITTER * ThreadLocalRandom.current().nextDouble());
        millis *= GROWTH;
        return Duration.ofMillis((long) pause);
    }
}
