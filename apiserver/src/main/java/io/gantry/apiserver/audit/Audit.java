package io.gantry.apiserver.audit;

import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.http.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// The audit log of a server: a policy and where events go. Thread-safe; nothing blocks save [#close].
public final class Audit implements AutoCloseable {
    private static final long MEGABYTE = 1024 * 1024;

    private final AuditPolicy policy;
    private final AuditLog log;
    private final InstantSource clock;

    private Audit(AuditPolicy policy, AuditLog log, InstantSource clock) {
        this.policy = policy;
        this.log = log;
        this.clock = clock;
    }

    /// Where events go.
    ///
    /// @param path `-` for standard output
    /// @param maxAgeDays and `maxBackups`: 0 for no limit
    public record Target(String path, int maxMegabytes, int maxBackups, int maxAgeDays) {}

    /// Reads the policy and opens the log.
    ///
    /// @throws IOException when a file cannot be read or written
    /// @throws IllegalArgumentException when the policy is none
    public static Audit open(Path policyFile, Target target, InstantSource clock) throws IOException {
        AuditPolicy policy = AuditPolicy.load(policyFile);
        AuditLog.Sink sink = target.path().equals("-")
                ? AuditLog.on(System.out)
                : new RotatingFile(
                        Path.of(target.path()),
                        new RotatingFile.Limits(
                                target.maxMegabytes() * MEGABYTE,
                                target.maxBackups(),
                                Duration.ofDays(target.maxAgeDays())),
                        clock);
        return new Audit(policy, new AuditLog(sink), clock);
    }

    /// Begins to log a request; empty when the policy leaves it out.
    ///
    /// @param impersonator who sent it, where the attributes' user is impersonated
    public Optional<AuditedRequest> begin(
            Request request, Attributes attributes, Optional<Identity.Impersonator> impersonator) {
        Instant now = clock.instant();
        return policy.rule(attributes).map(rule -> {
            String id = request.head()
                    .header("audit-id")
                    .filter(given -> given.length() <= 64)
                    .orElseGet(() -> UUID.randomUUID().toString());
            AuditedRequest audited = new AuditedRequest(
                    rule, id, AuditEvents.of(rule, id, request, attributes, impersonator, now), log::add, clock);
            audited.received(request);
            return audited;
        });
    }

    /// Writes what waits, and ends.
    @Override
    public void close() {
        log.close();
    }
}
