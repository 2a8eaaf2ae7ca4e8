package io.gantry.apiserver.audit;

import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.http.Response;
import io.netty.buffer.ByteBufUtil;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// One request on its way through the log. Thread-safe.
public final class AuditedRequest {
    private final AuditRule rule;
    private final String id;
    private final ObjectNode event;
    private final Predicate<AuditEvent> log;
    private final Executor ends;
    private final InstantSource clock;
    private final Map<String, String> annotations = new ConcurrentHashMap<>();
    private final AtomicBoolean complete = new AtomicBoolean();

    /// @param log whether the request may go on after an event
    /// @param ends runs what is to be done when a stream is closed, which its event loop may not wait for
    AuditedRequest(
            AuditRule rule,
            String id,
            ObjectNode event,
            Predicate<AuditEvent> log,
            Executor ends,
            InstantSource clock) {
        this.rule = rule;
        this.id = id;
        this.event = event;
        this.log = log;
        this.ends = ends;
        this.clock = clock;
    }

    /// Takes annotations until the request is complete.
    public Map<String, String> annotations() {
        return annotations;
    }

    /// A patch is logged as it came.
    ///
    /// @return whether the request may go on
    boolean received(Request request) {
        boolean stored = stage("RequestReceived", event.deepCopy());
        if (rule.level().atLeast(AuditLevel.REQUEST)
                && event.path("verb").asString("").equals("patch")) {
            AuditEvents.patch(request, rule.omitManagedFields()).ifPresent(body -> event.set("requestObject", body));
        }
        return stored;
    }

    /// Takes the object of a request, in whatever encoding it came: it is logged with its defaults, and
    /// says what is created (upstream `audit.LogRequestObject`, after decoding).
    public void decoded(ObjectNode object, Consumer<ObjectNode> defaults) {
        if (event.get("objectRef") instanceof ObjectNode reference) {
            AuditEvents.identify(reference, object.path("metadata"));
        }
        if (rule.level().atLeast(AuditLevel.REQUEST)) {
            ObjectNode whole = object.deepCopy();
            defaults.accept(whole);
            event.set("requestObject", AuditEvents.shown(whole, rule.omitManagedFields()));
        }
    }

    private boolean stage(String stage, ObjectNode shown) {
        if (rule.omitStages().contains(stage)) {
            return true;
        }
        shown.put("stage", stage);
        shown.put("stageTimestamp", AuditEvents.micros(clock.instant()));
        AuditEvents.annotations(shown, annotations, rule.level());
        return log.test(AuditEvent.of(rule.level(), shown));
    }

    /// Notes an answer; returns it with the event's id in its header. A stream is complete when it is closed.
    public Response answered(Response response) {
        Response marked = response.with("audit-id", id);
        return switch (marked) {
            case Response.Whole whole -> {
                complete(whole.status(), ByteBufUtil.getBytes(whole.body()));
                yield whole;
            }
            case Response.Streamed streamed -> {
                started(streamed.status());
                yield new Response.Streamed(streamed.status(), streamed.headers(), stream -> {
                    stream.onClosed(() -> ends.execute(() -> complete(streamed.status(), new byte[0])));
                    streamed.source().accept(stream);
                });
            }
            case Response.Upgraded upgraded -> {
                started(upgraded.status());
                complete(upgraded.status(), new byte[0]);
                yield upgraded;
            }
        };
    }

    private void started(int code) {
        ObjectNode shown = event.deepCopy();
        shown.set("responseStatus", AuditEvents.status(code, new byte[0]));
        stage("ResponseStarted", shown);
    }

    private void complete(int code, byte[] body) {
        if (!complete.compareAndSet(false, true)) {
            return;
        }
        ObjectNode shown = event.deepCopy();
        shown.set("responseStatus", AuditEvents.status(code, body));
        if (rule.level().atLeast(AuditLevel.REQUEST_RESPONSE) && event.has("objectRef")) {
            AuditEvents.body(body, rule.omitManagedFields()).ifPresent(tree -> shown.set("responseObject", tree));
        }
        stage("ResponseComplete", shown);
    }
}
