package io.gantry.apiserver;

import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.audit.AuditedRequest;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Errors;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// Leads requests past the audit log, if there is one. Thread-safe.
final class AuditTrail {
    private final Optional<Audit> audit;
    private final Authenticator authenticator;
    private final BiFunction<Request, Response, Response> failures;

    /// @param failures gives a failed answer the form that its client wants
    AuditTrail(Optional<Audit> audit, Authenticator authenticator, BiFunction<Request, Response, Response> failures) {
        this.audit = audit;
        this.authenticator = authenticator;
        this.failures = failures;
    }

    /// Whether a request may have to wait until it is logged.
    boolean mayBlock() {
        return audit.isPresent() && audit.get().mayBlock();
    }

    /// Begins to log a request; empty when it is not logged.
    Optional<AuditedRequest> begin(
            Request request, Supplier<Attributes> attributes, Optional<Identity.Impersonator> impersonator) {
        return audit.isEmpty() ? Optional.empty() : audit.get().begin(request, attributes.get(), impersonator);
    }

    /// The same for one whose user may not come, or not as somebody else.
    Optional<AuditedRequest> refused(Request request, Supplier<Attributes> attributes) {
        return audit.isEmpty() ? Optional.empty() : begin(request, attributes, impersonator(request));
    }

    private Optional<Identity.Impersonator> impersonator(Request request) {
        return request.head()
                .header("impersonate-user")
                .map(wanted -> authenticator.caller(request.head(), request.certificates()))
                .map(caller -> new Identity.Impersonator(caller, ""));
    }

    /// What authorization decided.
    static void note(Optional<AuditedRequest> audited, Decision decision) {
        audited.ifPresent(log -> {
            log.annotations().put("authorization.k8s.io/decision", decision.allowed() ? "allow" : "forbid");
            log.annotations().put("authorization.k8s.io/reason", decision.reason());
        });
    }

    /// An authorizer could not tell.
    static void undecided(Optional<AuditedRequest> audited) {
        audited.ifPresent(log -> log.annotations().put("authorization.k8s.io/reason", "internal error"));
    }

    /// Works and logs what comes of it, failures too.
    Answer through(Optional<AuditedRequest> audited, Request request, Supplier<Answer> work) {
        if (audited.isEmpty()) {
            return work.get();
        }
        AuditedRequest log = audited.get();
        try {
            return switch (work.get()) {
                case Answer.Now now -> Answer.now(log.answered(now.response()));
                case Answer.Later later ->
                    later.with(() -> {
                        Response response;
                        try {
                            response = later.work().call();
                        } catch (Exception e) {
                            return failed(log, request, e);
                        }
                        return log.answered(response);
                    });
            };
        } catch (RuntimeException e) {
            return Answer.now(failed(log, request, e));
        }
    }

    private Response failed(AuditedRequest log, Request request, Exception failure) {
        return failures.apply(request, log.answered(Errors.response(request, failure)));
    }
}
