package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.StatusCauseBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.api.policy.v1.eviction.EvictionKind;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.registry.Stored;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `pods/eviction`: a deletion that asks the disruption budgets first.
final class Evictions {
    private static final ResourceSchema SCHEMA = Schemas.of(EvictionKind.KIND);
    private static final Set<String> OLD_VERSIONS = Set.of("policy/v1beta1");
    private static final int ATTEMPTS = 6;
    private static final int RETRY_SECONDS = 10;

    /// Upstream's limit of evictions that the controller has not seen.
    private static final int MAX_DISRUPTED_PODS = 2000;

    private static final String VIOLATION = "Cannot evict pod as it would violate the pod's disruption budget.";
    private static final Set<String> UNPROTECTED = Set.of("Succeeded", "Failed", "Pending");

    private final Deletes deletes;
    private final Writes writes;
    private final Bodies bodies;

    Evictions(Deletes deletes, Writes writes, Bodies bodies) {
        this.deletes = deletes;
        this.writes = writes;
        this.bodies = bodies;
    }

    Response evict(Call call) throws InterruptedException {
        ObjectNode eviction = bodies.other(call, SCHEMA, OLD_VERSIONS);
        if (!Metadata.text(eviction, "name").equals(call.info().name())) {
            throw StatusException.badRequest("name in URL does not match name in Eviction object");
        }
        Metadata.checkNamespace(call, eviction);
        DeleteOptions options = options(eviction, call);
        writes.admission().admitPosted(call, eviction, WriteOptions.of(call.request()));
        Stored pod = call.storage().read(call.key()).orElseThrow(call::notFound);
        if (needsBudget(pod.object())) {
            spend(call, pod.object(), options.dryRun());
        }
        DeleteOptions left = options.dryRun() ? options : marked(call, options);
        deletes.unadmitted().delete(call, call.key(), left);
        return Answers.tree(call, 201, Subresources.success(201));
    }

    private static DeleteOptions options(ObjectNode eviction, Call call) {
        JsonNode given = eviction.path("deleteOptions");
        JsonNode grace = given.path("gracePeriodSeconds");
        return new DeleteOptions(
                grace.isNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
                given.path("propagationPolicy").asString(""),
                given.path("preconditions").path("uid").asString(""),
                given.path("preconditions").path("resourceVersion").asString(""),
                !given.path("dryRun").isEmpty()
                        || WriteOptions.of(call.request()).dryRun(),
                false,
                given instanceof ObjectNode object ? object : eviction.objectNode());
    }

    /// Says on the pod why it goes (upstream `addConditionAndDeletePod`). That is a revision of its own, so the
    /// preconditions are checked here; what is left of them holds the deletion to this very pod.
    private DeleteOptions marked(Call call, DeleteOptions options) {
        String now = Metadata.time(writes.clock().instant());
        WriteOptions write = WriteOptions.of(call.request());
        writes.unadmitted()
                .update(
                        call,
                        call.key(),
                        Writes.Part.ANY,
                        pod -> {
                            expect(call, pod, "uid", "UID", options.uid());
                            expect(call, pod, "resourceVersion", "ResourceVersion", options.resourceVersion());
                            PodConditions.set(
                                    pod, "DisruptionTarget", "EvictionByEvictionAPI", "Eviction API: evicting", now);
                            return pod;
                        },
                        write,
                        true);
        return new DeleteOptions(
                options.graceSeconds(), options.propagation(), options.uid(), "", false, false, options.tree());
    }

    private static void expect(Call call, ObjectNode pod, String field, String name, String wanted) {
        if (!wanted.isEmpty() && !wanted.equals(Metadata.text(pod, field))) {
            throw Preconditions.failed(call, name, wanted, Metadata.text(pod, field));
        }
    }

    private static boolean needsBudget(JsonNode pod) {
        return !Metadata.isDeleting(pod)
                && !UNPROTECTED.contains(pod.path("status").path("phase").asString(""));
    }

    /// Takes one disruption from the pod's budget.
    private void spend(Call call, JsonNode pod, boolean dryRun) throws InterruptedException {
        Budgets budgets = writes.budgets();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            List<Stored> matching = budgets.of(call.namespace(), pod);
            if (matching.isEmpty()) {
                return;
            }
            if (matching.size() > 1) {
                throw StatusException.of(
                        500,
                        "",
                        "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
                        null);
            }
            Stored budget = matching.getFirst();
            if (isUnhealthyAndFree(pod, budget.object())) {
                return;
            }
            Optional<ObjectNode> spent = spent(pod, budget.object());
            if (dryRun || budgets.write(budget, spent.orElseThrow(() -> refused(budget.object())))) {
                return;
            }
        }
        throw StatusException.of(
                504,
                "Timeout",
                "Timeout: couldn't update PodDisruptionBudget due to conflicts",
                StatusDetailsBuilder.builder().retryAfterSeconds(RETRY_SECONDS).build());
    }

    /// A pod that is not ready does not count, where the budget's policy or its health allows.
    private static boolean isUnhealthyAndFree(JsonNode pod, JsonNode budget) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Ready")
                    && condition.path("status").asString("").equals("True")) {
                return false;
            }
        }
        JsonNode status = budget.path("status");
        return budget.path("spec")
                        .path("unhealthyPodEvictionPolicy")
                        .asString("")
                        .equals("AlwaysAllow")
                || status.path("currentHealthy").asInt(0)
                                >= status.path("desiredHealthy").asInt(0)
                        && status.path("desiredHealthy").asInt(0) > 0;
    }

    private Optional<ObjectNode> spent(JsonNode pod, ObjectNode budget) {
        ObjectNode changed = budget.deepCopy();
        ObjectNode status = changed.withObject("status");
        long observed = status.path("observedGeneration").asLong(0);
        if (observed < budget.path("metadata").path("generation").asLong(0)) {
            throw refusal(
                    VIOLATION,
                    "The disruption budget " + Metadata.text(budget, "name")
                            + " is still being processed by the server.",
                    "10");
        }
        int allowed = status.path("disruptionsAllowed").asInt(0);
        if (allowed < 0) {
            throw forbidden(budget, "pdb disruptions allowed is negative");
        }
        if (status.path("disruptedPods").size() > MAX_DISRUPTED_PODS) {
            throw forbidden(budget, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (allowed == 0) {
            return Optional.empty();
        }
        status.put("disruptionsAllowed", allowed - 1);
        if (allowed == 1) {
            exhausted(changed, status);
        }
        status.withObject("disruptedPods")
                .put(Metadata.text(pod, "name"), Metadata.time(writes.clock().instant()));
        return Optional.of(changed);
    }

    private static StatusException forbidden(JsonNode budget, String why) {
        return StatusException.forbidden("policy", "poddisruptionbudget", Metadata.text(budget, "name"), why);
    }

    /// Says that nothing is left of the budget, as the controller would.
    private void exhausted(ObjectNode budget, ObjectNode status) {
        ArrayNode conditions = status.withArray("conditions");
        ObjectNode condition = condition(status).orElseGet(conditions::addObject);
        if (!condition.path("status").asString("").equals("False")) {
            condition.put("lastTransitionTime", Metadata.time(writes.clock().instant()));
        }
        condition
                .put("type", "DisruptionAllowed")
                .put("status", "False")
                .put("reason", "InsufficientPods")
                .put("message", "");
        long generation = budget.path("status").path("observedGeneration").asLong(0);
        if (generation > 0) {
            condition.put("observedGeneration", generation);
        }
    }

    private static Optional<ObjectNode> condition(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition instanceof ObjectNode found
                    && found.path("type").asString("").equals("DisruptionAllowed")) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private static StatusException refused(JsonNode budget) {
        return refusal(VIOLATION, "The disruption budget " + Metadata.text(budget, "name") + " " + why(budget), "");
    }

    /// The counts are not to be trusted after a failed sync, so that is looked at first.
    private static String why(JsonNode budget) {
        JsonNode status = budget.path("status");
        Optional<ObjectNode> told = condition(status)
                .filter(found -> found.path("status").asString("").equals("False")
                        && !found.path("message").asString("").isEmpty());
        String reason = told.map(found -> found.path("reason").asString("")).orElse("");
        String message = told.map(found -> found.path("message").asString("")).orElse("");
        int current = status.path("currentHealthy").asInt(0);
        int desired = status.path("desiredHealthy").asInt(0);
        String not = "does not allow evicting pods currently";
        if (reason.equals("SyncFailed")) {
            return not + " because it failed sync: " + message;
        }
        if (current <= desired) {
            return "needs " + desired + " healthy pods and has " + current + " currently";
        }
        return told.isPresent() ? not + " (" + reason + "): " + message : not;
    }

    private static StatusException refusal(String message, String cause, String retryAfter) {
        var details = StatusDetailsBuilder.builder()
                .causes(List.of(StatusCauseBuilder.builder()
                        .reason("DisruptionBudget")
                        .message(cause)
                        .build()));
        if (!retryAfter.isEmpty()) {
            details.retryAfterSeconds(Integer.parseInt(retryAfter));
        }
        return StatusException.of(429, "TooManyRequests", message, details.build());
    }
}
