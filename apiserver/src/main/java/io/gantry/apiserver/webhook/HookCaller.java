package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.meta.v1.StatusBuilder;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMetrics;
import io.gantry.apiserver.admission.AdmissionMetrics.Outcome;
import io.gantry.apiserver.objects.Trees;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks one webhook about a request. Thread-safe; blocks.
final class HookCaller {
    private static final int OK = 200;
    private static final int CLIENT_ERRORS = 400;

    private final Supplier<WebhookClient> client;

    private final AdmissionMetrics metrics;

    HookCaller(Supplier<WebhookClient> client, AdmissionMetrics metrics) {
        this.metrics = metrics;
        this.client = client;
    }

    /// Asks; audit annotations are noted.
    ///
    /// @param object and `old`: in the version of the invocation
    /// @return the verdict, allowed
    /// @throws StatusException when the webhook refuses, or does not support a dry run
    /// @throws WebhookException when it cannot be asked
    AdmissionReviews.Verdict ask(
            Invocation invocation,
            AdmissionAttributes attributes,
            ObjectNode object,
            Optional<ObjectNode> old,
            boolean mutating)
            throws WebhookException {
        Hook hook = invocation.hook();
        if (attributes.dryRun() && !hook.drySafe()) {
            throw StatusException.badRequest("admission webhook \"" + hook.name() + "\" does not support dry run");
        }
        ObjectNode review = AdmissionReviews.request(invocation, attributes, object, old);
        ObjectNode answer;
        String operation = attributes.operation().name();
        long start = System.nanoTime();
        try {
            answer = client.get().call(hook.client(), review, hook.timeout());
        } catch (WebhookException e) {
            Outcome outcome = hook.ignoresFailure() ? Outcome.FAILED_OPEN : Outcome.FAILED;
            metrics.webhook(hook.name(), operation, mutating, outcome, 0, System.nanoTime() - start);
            throw new WebhookException("failed to call webhook: " + e.getMessage(), e.timedOut());
        }
        AdmissionReviews.Verdict verdict = AdmissionReviews.verdict(review, answer, mutating);
        metrics.webhook(
                hook.name(),
                operation,
                mutating,
                verdict.allowed() ? Outcome.ALLOWED : Outcome.DENIED,
                verdict.allowed() ? OK : Math.max(verdict.status().path("code").asInt(0), CLIENT_ERRORS),
                System.nanoTime() - start);
        verdict.auditAnnotations()
                .properties()
                .forEach(entry -> attributes
                        .notes()
                        .annotate(
                                hook.name() + "/" + entry.getKey(),
                                entry.getValue().asString("")));
        return verdict;
    }

    /// The refusal of a webhook, whose status may say how.
    static StatusException refusal(String hook, JsonNode status) {
        String message = Trees.text(status, "message");
        String reason = Trees.text(status, "reason");
        String why = message.isEmpty() ? reason : message;
        Status given = read(status);
        int code = given.code() == null ? 0 : given.code();
        return new StatusException(StatusBuilder.builder(given)
                .apiVersion("v1")
                .kind("Status")
                .status("Failure")
                .code(Math.max(code, CLIENT_ERRORS))
                .message("admission webhook \"" + hook + "\" denied the request"
                        + (why.isEmpty() ? " without explanation" : ": " + why))
                .build());
    }

    private static Status read(JsonNode status) {
        try {
            return Json.MAPPER.treeToValue(status.isObject() ? status : Json.MAPPER.createObjectNode(), Status.class);
        } catch (JacksonException e) {
            return StatusBuilder.builder()
                    .message(Trees.text(status, "message"))
                    .build();
        }
    }

    /// A call that failed and counts.
    static StatusException failed(Hook hook, WebhookException e) {
        return StatusException.internal("failed calling webhook \"" + hook.name() + "\": " + e.getMessage());
    }
}
