package io.gantry.apiserver.audit;

import io.gantry.api.StatusException;
import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.apiserver.webhook.WebhookTarget;
import io.gantry.component.VirtualThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// The auditing of a server: a policy, and where events go. Thread-safe.
public final class Audit implements AutoCloseable {
    private static final long MEGABYTE = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AuditPolicy policy;
    private final List<AuditRoute> routes;
    private final AuditMetrics metrics;
    private final InstantSource clock;
    private final boolean buffers;
    private final ExecutorService ends = Executors.newThreadPerTaskExecutor(
            VirtualThreads.background().name("audit-end").factory());

    private Audit(AuditPolicy policy, List<AuditRoute> routes, AuditMetrics metrics, InstantSource clock) {
        this.policy = policy;
        this.routes = List.copyOf(routes);
        this.metrics = metrics;
        this.clock = clock;
        this.buffers = routes.stream().allMatch(AuditRoute::buffers);
    }

    /// Reads the policy and opens what events go to.
    ///
    /// @param client for the webhook; the caller's
    /// @throws IOException when a file cannot be read or written
    /// @throws IllegalArgumentException when the policy, or the webhook's kubeconfig, is none
    public static Audit open(
            Path policyFile,
            Optional<LogSettings> log,
            Optional<WebhookSettings> webhook,
            WebhookClient client,
            InstantSource clock)
            throws IOException {
        AuditPolicy policy = AuditPolicy.load(policyFile);
        AuditMetrics metrics = new AuditMetrics(clock);
        List<AuditRoute> routes = new ArrayList<>();
        if (log.isPresent()) {
            AuditBackend backend = new LogBackend(sink(log.get(), clock), metrics);
            routes.add(route(backend, log.get().delivery(), false, metrics, clock));
        }
        if (webhook.isPresent()) {
            WebhookTarget target = WebhookTarget.load(webhook.get().kubeconfig());
            AuditBackend backend =
                    new WebhookBackend(client, target, webhook.get().initialBackoff(), metrics);
            routes.add(route(backend, webhook.get().delivery(), true, metrics, clock));
        }
        return new Audit(policy, routes, metrics, clock);
    }

    private static LogBackend.Sink sink(LogSettings log, InstantSource clock) throws IOException {
        return log.path().equals("-")
                ? LogBackend.on(System.out)
                : new RotatingFile(
                        Path.of(log.path()),
                        new RotatingFile.Limits(
                                log.maxMegabytes() * MEGABYTE,
                                log.maxBackups(),
                                Duration.ofDays(log.maxAgeDays()),
                                log.compress()),
                        clock);
    }

    private static AuditRoute route(
            AuditBackend backend, Delivery delivery, boolean several, AuditMetrics metrics, InstantSource clock) {
        boolean buffers = delivery.mode() == Delivery.Mode.BATCH;
        AuditBackend first =
                buffers ? new BufferedBackend(backend, delivery.batching(), several, metrics, clock) : backend;
        return new AuditRoute(first, delivery, metrics);
    }

    /// Whether a request may have to wait for its events.
    public boolean mayBlock() {
        return !buffers;
    }

    /// Begins to log a request; empty when the policy leaves it out. Blocks if [#mayBlock].
    ///
    /// @param impersonator who sent it, where the attributes' user is impersonated
    /// @throws StatusException when it has to be logged and cannot be
    public Optional<AuditedRequest> begin(
            Request request, Attributes attributes, Optional<Identity.Impersonator> impersonator) {
        Instant now = clock.instant();
        Optional<AuditRule> rule = policy.rule(attributes);
        metrics.level(rule.map(AuditRule::level).orElse(AuditLevel.NONE));
        return rule.map(found -> {
            String id = request.head()
                    .header("audit-id")
                    .filter(given -> given.length() <= 64)
                    .orElseGet(() -> UUID.randomUUID().toString());
            ObjectNode event = AuditEvents.of(found, id, request, attributes, impersonator, now);
            AuditedRequest audited =
                    new AuditedRequest(found, id, event, this::take, buffers ? Runnable::run : ends, clock);
            if (!audited.received(request)) {
                metrics.rejected();
                throw StatusException.internal("failed to store audit event");
            }
            return audited;
        });
    }

    /// Every backend has every event, whatever the others do.
    private boolean take(AuditEvent event) {
        metrics.event();
        boolean all = true;
        for (AuditRoute route : routes) {
            all &= route.take(event);
        }
        return all;
    }

    /// In Prometheus' text format.
    public String metrics() {
        return metrics.text();
    }

    /// Writes what waits, and ends. Blocks.
    @Override
    public void close() {
        routes.forEach(route -> route.backend().hurry());
        ends.shutdown();
        try {
            if (!ends.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                ends.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        routes.forEach(route -> route.backend().close());
    }
}
