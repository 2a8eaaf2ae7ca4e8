package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.patch.JsonPatch;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.admission.Reinvocation;
import io.gantry.apiserver.objects.FollowedObjects;
import io.gantry.apiserver.registry.ServedResource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lets the mutating webhooks change objects, one after the other, in the order of their configurations' names.
public final class MutatingWebhooks implements AdmissionPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(MutatingWebhooks.class);
    private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final String PATCH = "patch.webhook.admission.k8s.io/";
    private static final String FAILED_OPEN = "failed-open.mutation.webhook.admission.k8s.io/";

    private final FollowedObjects<Hook> configured;
    private final HookMatcher matcher;
    private final HookCaller caller;

    MutatingWebhooks(FollowedObjects<Hook> configured, HookMatcher matcher, HookCaller caller) {
        this.configured = configured;
        this.matcher = matcher;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "MutatingAdmissionWebhook";
    }

    @Override
    public boolean isBrief() {
        return configured.isEmpty();
    }

    @Override
    public void mutate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        List<Hook> hooks = configured.all();
        if (hooks.isEmpty() || AdmissionMatching.isExemptFromWebhooks(attributes)) {
            return;
        }
        Reinvocation rounds = Reinvocation.begin(this, attributes, object);
        int round = attributes.notes().reinvocation() ? 1 : 0;
        for (int i = 0; i < hooks.size(); i++) {
            Hook hook = hooks.get(i);
            Optional<Invocation> invocation = matcher.match(hook, attributes, object, old);
            if (invocation.isEmpty() || rounds.skips(attributes, hook.id())) {
                continue;
            }
            if (call(invocation.get(), attributes, object, old, round, i)) {
                rounds.changed(attributes);
            }
            if (hook.reinvoked()) {
                rounds.invoked(hook.id());
            }
        }
        rounds.end(object);
    }

    /// @return whether the object was changed
    private boolean call(
            Invocation invocation,
            AdmissionAttributes attributes,
            ObjectNode object,
            Optional<ObjectNode> old,
            int round,
            int index) {
        Hook hook = invocation.hook();
        String at = "round_" + round + "_index_" + index;
        Optional<ServedResource> requested = matcher.requested(attributes);
        try {
            ObjectNode seen = invocation.toHook(object, requested);
            AdmissionReviews.Verdict verdict =
                    caller.ask(invocation, attributes, seen, old.map(o -> invocation.toHook(o, requested)), true);
            verdict.warnings().forEach(attributes.warnings());
            if (!verdict.allowed()) {
                throw HookCaller.refusal(hook.name(), verdict.status());
            }
            boolean changed = verdict.patch().isPresent()
                    && patch(
                            invocation,
                            attributes,
                            object,
                            seen,
                            verdict.patch().get());
            annotate(attributes, hook, at, changed, verdict);
            return changed;
        } catch (WebhookException e) {
            annotate(attributes, hook, at, false, null);
            if (!hook.ignoresFailure()) {
                throw HookCaller.failed(hook, e);
            }
            LOG.warn("failed calling webhook, failing open {}: {}", hook.name(), e.getMessage());
            attributes.notes().annotate(FAILED_OPEN + at, hook.name());
            return false;
        }
    }

    private boolean patch(
            Invocation invocation,
            AdmissionAttributes attributes,
            ObjectNode object,
            ObjectNode seen,
            JsonNode operations)
            throws WebhookException {
        if (operations.isEmpty()) {
            return false;
        }
        String name = invocation.hook().name();
        if (object.isEmpty()) {
            throw StatusException.internal("admission webhook \"" + name
                    + "\" attempted to modify the object, which is not supported for this operation");
        }
        Optional<ServedResource> requested = matcher.requested(attributes);
        ObjectNode patched = applied(name, seen, operations);
        if (attributes.subresource().isEmpty() || !isOther(attributes, seen)) {
            // What the schema does not know is dropped, as when a client sends it.
            invocation
                    .resource()
                    .or(() -> requested)
                    .ifPresent(resource -> resource.schema().conform(patched));
        }
        ObjectNode result = invocation.fromHook(patched, requested);
        if (result.equals(object)) {
            return false;
        }
        object.removeAll();
        object.setAll(result);
        return true;
    }

    /// Whether the object is not of the resource's kind, as a Scale or an Eviction is not.
    private static boolean isOther(AdmissionAttributes attributes, ObjectNode object) {
        return !object.path("kind").asString("").equals(attributes.kind());
    }

    private static ObjectNode applied(String name, ObjectNode seen, JsonNode operations) throws WebhookException {
        JsonPatch patch;
        try {
            patch = JsonPatch.of(operations);
        } catch (StatusException e) {
            throw new WebhookException("received undecodable patch in webhook response: " + e.getMessage(), false);
        }
        try {
            if (patch.apply(seen.deepCopy()) instanceof ObjectNode result) {
                return result;
            }
        } catch (StatusException e) {
            throw StatusException.internal(JsonPatch.whyNot(e));
        }
        throw StatusException.internal("the patch of admission webhook \"" + name + "\" does not leave an object");
    }

    private static void annotate(
            AdmissionAttributes attributes,
            Hook hook,
            String at,
            boolean mutated,
            AdmissionReviews.@Nullable Verdict verdict) {
        ObjectNode note = Json.MAPPER.createObjectNode();
        note.put("configuration", hook.configuration()).put("webhook", hook.name());
        attributes
                .notes()
                .annotate(MUTATION + at, note.deepCopy().put("mutated", mutated).toString());
        if (mutated && verdict != null) {
            verdict.patch().ifPresent(patch -> {
                note.set("patch", patch);
                note.put("patchType", "JSONPatch");
                attributes.notes().annotate(PATCH + at, note.toString());
            });
        }
    }
}
