package io.gantry.apiserver;

import io.gantry.api.StatusException;
import io.gantry.apiserver.audit.Audit;
import io.gantry.apiserver.audit.AuditedRequest;
import io.gantry.apiserver.authn.Authenticator;
import io.gantry.apiserver.authn.Identity;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.Places;
import io.gantry.apiserver.endpoint.RequestInfo;
import io.gantry.apiserver.endpoint.Verbs;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Handler;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.RequestHead;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The way of every request: authenticate → authorize → verb.
final class ApiHandler implements Handler {
    /// Verbs that authorizers are told the selectors of.
    private static final Set<String> SELECTING = Set.of("list", "watch", "deletecollection");

    private static final UserInfo NOBODY = new UserInfo("", "", List.of(), Map.of());

    private final Authenticator authenticator;
    private final Authorizer authorizer;
    private final Resources resources;
    private final Verbs verbs;
    private final Paths paths;
    private final RequestMetrics metrics;
    private final Elsewhere elsewhere;
    private final AuditTrail trail;
    private final EncodedAnswers protobuf;
    private final Optional<FlowGate> gate;

    /// Who gets through, and what is noted of it.
    ///
    /// @param audit logs requests; empty logs none
    /// @param gate where requests wait for their turn; empty lets all through at once
    record Access(Authenticator authenticator, Authorizer authorizer, Optional<Audit> audit, Optional<FlowGate> gate) {}

    ApiHandler(
            Access access,
            Resources resources,
            Verbs verbs,
            Paths paths,
            Elsewhere elsewhere,
            RequestMetrics metrics,
            EncodedAnswers protobuf) {
        this.authenticator = access.authenticator();
        this.authorizer = access.authorizer();
        this.gate = access.gate();
        this.trail = new AuditTrail(access.audit(), authenticator, protobuf::failed);
        this.resources = resources;
        this.verbs = verbs;
        this.paths = paths;
        this.elsewhere = elsewhere;
        this.metrics = metrics;
        this.protobuf = protobuf;
    }

    @Override
    public Answer begin(Request request) {
        long start = System.nanoTime();
        RequestInfo info = RequestInfo.of(request.head());
        Answer answer;
        try {
            answer = protobuf.encoded(answer(request, info));
        } catch (RuntimeException e) {
            answer = Answer.now(failed(request, e));
        }
        return switch (answer) {
            case Answer.Now now -> {
                metrics.done(info, now.response(), System.nanoTime() - start, request.ending());
                yield Answer.now(uncached(now.response()));
            }
            case Answer.Later later -> metered(request, info, later, start);
        };
    }

    @Override
    public Response failed(Request request, Exception failure) {
        return protobuf.failed(request, Handler.super.failed(request, failure));
    }

    private Answer metered(Request request, RequestInfo info, Answer.Later later, long start) {
        return later.with(() -> {
            Runnable end = metrics.begin(info);
            Response response;
            try {
                response = later.work().call();
            } catch (Exception e) {
                response = failed(request, e);
            } finally {
                end.run();
            }
            metrics.done(info, response, System.nanoTime() - start, request.ending());
            return uncached(response);
        });
    }

    /// Nobody between keeps what another user may not see (upstream `WithCacheControl`).
    private static Response uncached(Response response) {
        return response.headers().get("cache-control") == null
                ? response.with("cache-control", "no-cache, private")
                : response;
    }

    private Answer answer(Request request, RequestInfo info) {
        RequestTimeout.check(request, info);
        return trail.mayBlock() || authenticator.mayBlock(request.head(), request.certificates())
                ? Answer.later(() -> authenticated(request, info).await())
                : authenticated(request, info);
    }

    private Answer authenticated(Request request, RequestInfo info) {
        Identity identity;
        try {
            identity = authenticator.identify(request.head(), request.certificates());
        } catch (StatusException e) {
            Optional<AuditedRequest> refused = trail.refused(request, () -> attributes(info, request.head(), NOBODY));
            return trail.through(refused, request, () -> {
                throw e;
            });
        }
        UserInfo user = identity.user();
        Optional<AuditedRequest> audited =
                trail.begin(request, () -> attributes(info, request.head(), user), identity.impersonator());
        return trail.through(
                audited,
                request,
                () -> gate.isEmpty()
                        ? answer(request, info, user, audited)
                        : gate.get().pass(this, request, info, user, () -> answer(request, info, user, audited)));
    }

    private Answer answer(Request request, RequestInfo info, UserInfo user, Optional<AuditedRequest> audited) {
        return authorizer.isReady()
                ? permitted(request, info, user, audited)
                : Answer.later(() -> permitted(request, info, user, audited).await());
    }

    private Answer permitted(Request request, RequestInfo info, UserInfo user, Optional<AuditedRequest> audited) {
        Attributes asked = attributes(info, request.head(), user);
        Decision decision = authorizer.decide(asked);
        if (!decision.allowed() && !decision.error().isEmpty()) {
            AuditTrail.undecided(audited);
            return Answer.now(undecided(request.head(), decision.error()));
        }
        permit(asked, decision, audited);
        Optional<Answer> remote = elsewhere.answer(request, user);
        if (remote.isPresent()) {
            return remote.get();
        }
        ServedResource resource = info.resource() ? resources.find(info.group(), info.version(), info.plural()) : null;
        if (resource == null || !Places.has(resource, info)) {
            return nothing(request, info, user);
        }
        Call call = Call.of(request, info, user, resource).creating(() -> create(asked.withVerb("create")));
        if (audited.isPresent()) {
            call = call.audited(new Call.Audited(audited.get().annotations(), audited.get()::decoded));
        }
        call.warnings().addAll(resource.rules().requestWarnings());
        return warned(call);
    }

    /// Who is refused is told of the warnings too, at once or later.
    private Answer warned(Call call) {
        Answer answer;
        try {
            answer = verbs.begin(call);
        } catch (StatusException e) {
            throw e.warning(call.warnings());
        }
        return switch (answer) {
            case Answer.Now now -> now;
            case Answer.Later later ->
                later.with(() -> {
                    try {
                        return later.work().call();
                    } catch (StatusException e) {
                        throw e.warning(call.warnings());
                    }
                });
        };
    }

    /// Paths of built-in groups belong to them, whatever is there or not.
    private Answer nothing(Request request, RequestInfo info, UserInfo user) {
        if (info.resource() && resources.builtIn(info.group())) {
            throw StatusException.noSuchPath();
        }
        return paths.answer(request, user).orElseGet(() -> Answer.now(Documents.noPage()));
    }

    static Attributes attributes(RequestInfo info, RequestHead head, UserInfo user) {
        boolean selects = SELECTING.contains(info.verb());
        return info.resource()
                ? new Attributes(
                        user,
                        info.verb(),
                        info.namespace(),
                        info.group(),
                        info.version(),
                        info.plural(),
                        info.subresource(),
                        info.name(),
                        true,
                        head.path(),
                        selects ? head.query().text("fieldSelector") : "",
                        selects ? head.query().text("labelSelector") : "")
                : Attributes.nonResource(user, head.method().toLowerCase(Locale.ROOT), head.path());
    }

    /// Whether what was to be changed may be made anew.
    private void create(Attributes attributes) {
        Decision decision = authorizer.decide(attributes);
        if (!decision.allowed() && !decision.error().isEmpty()) {
            throw StatusException.internal(decision.error());
        }
        permit(attributes, decision, Optional.empty());
    }

    /// As upstream says that an authorizer could not tell: no Status.
    private static Response undecided(RequestHead head, String error) {
        String query = head.query().raw();
        String uri = head.rawPath() + (query.isEmpty() ? "" : "?" + query);
        String text = ("Internal Server Error: \"" + uri + "\": " + error + "\n")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        return Response.of(500, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
                .with("x-content-type-options", "nosniff");
    }

    private static void permit(Attributes attributes, Decision decision, Optional<AuditedRequest> audited) {
        AuditTrail.note(audited, decision);
        if (!decision.allowed()) {
            // Whoever is nobody shall first say who he is: as upstream where anonymous is only for health checks.
            throw attributes.user().name().equals(UserInfo.ANONYMOUS)
                    ? StatusException.unauthorized()
                    : forbidden(attributes, decision.reason());
        }
    }

    private static StatusException forbidden(Attributes attributes, String reason) {
        String why = reason.isEmpty() ? "" : ": " + reason;
        String user = "User \"" + attributes.user().name() + "\" cannot " + attributes.verb();
        if (!attributes.resourceRequest()) {
            return StatusException.of(
                    403, "Forbidden", "forbidden: " + user + " path \"" + attributes.path() + "\"" + why, null);
        }
        String resource = attributes.subresource().isEmpty()
                ? attributes.resource()
                : attributes.resource() + "/" + attributes.subresource();
        String scope = attributes.namespace().isEmpty()
                ? " at the cluster scope"
                : " in the namespace \"" + attributes.namespace() + "\"";
        return StatusException.forbidden(
                attributes.group(),
                attributes.resource(),
                attributes.name(),
                user + " resource \"" + resource + "\" in API group \"" + attributes.group() + "\"" + scope + why);
    }

    /// Answers what other servers serve.
    interface Elsewhere {
        /// Empty when it is served here.
        Optional<Answer> answer(Request request, UserInfo user);
    }

    /// Answers paths that are no resources.
    interface Paths {
        /// Empty when nothing is there.
        Optional<Answer> answer(Request request, UserInfo user);
    }
}
