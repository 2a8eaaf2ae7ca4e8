package io.gantry.apiserver.audit;

import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.apiserver.webhook.WebhookException;
import io.gantry.apiserver.webhook.WebhookPauses;
import io.gantry.apiserver.webhook.WebhookTarget;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Posts events to a server elsewhere, as an `EventList`, and again whatever went wrong: whoever receives them may come
/// back (upstream `plugin/pkg/audit/webhook`). Thread-safe; several batches go at a time.
final class WebhookBackend implements AuditBackend {
    private static final String NAME = "webhook";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final byte[] HEAD =
            "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);

    private final WebhookClient client;
    private final WebhookTarget target;
    private final Duration firstPause;
    private final AuditMetrics metrics;
    private final CountDownLatch hurry = new CountDownLatch(1);

    /// @param firstPause between the first try and the second one
    WebhookBackend(WebhookClient client, WebhookTarget target, Duration firstPause, AuditMetrics metrics) {
        this.client = client;
        this.target = target;
        this.firstPause = firstPause;
        this.metrics = metrics;
    }

    @Override
    public boolean take(List<byte[]> events) {
        byte[] body = list(events);
        WebhookPauses pauses = new WebhookPauses(firstPause);
        try {
            for (int tries = 1; ; tries++) {
                boolean last = tries == WebhookPauses.TRIES || hurry.getCount() == 0;
                try {
                    client.deliver(target::destination, target.address(), target.headers(), body, TIMEOUT);
                    return true;
                } catch (WebhookException e) {
                    if (last) {
                        metrics.lost(NAME, events.size(), String.valueOf(e.getMessage()));
                        return false;
                    }
                }
                hurry.await(pauses.next().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            metrics.lost(NAME, events.size(), "interrupted");
            return false;
        }
    }

    private static byte[] list(List<byte[]> events) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        list.writeBytes(HEAD);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                list.write(',');
            }
            list.writeBytes(events.get(i));
        }
        list.writeBytes(TAIL);
        return list.toByteArray();
    }

    @Override
    public void hurry() {
        hurry.countDown();
    }

    @Override
    public void close() {
        hurry();
    }
}
