package io.gantry.apiserver.webhook;

import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionMatching;
import io.gantry.apiserver.admission.AdmissionPlugin;
import io.gantry.apiserver.objects.FollowedObjects;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.component.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks all validating webhooks at once; the first refusal in their order counts.
public final class ValidatingWebhooks implements AdmissionPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(ValidatingWebhooks.class);
    private static final String FAILED_OPEN = "failed-open.validating.webhook.admission.k8s.io/";

    private final FollowedObjects<Hook> configured;
    private final HookMatcher matcher;
    private final HookCaller caller;

    ValidatingWebhooks(FollowedObjects<Hook> configured, HookMatcher matcher, HookCaller caller) {
        this.configured = configured;
        this.matcher = matcher;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "ValidatingAdmissionWebhook";
    }

    @Override
    public boolean isBrief() {
        return configured.isEmpty();
    }

    @Override
    public void validate(AdmissionAttributes attributes, ObjectNode object, Optional<ObjectNode> old) {
        List<Hook> hooks = configured.all();
        if (hooks.isEmpty() || AdmissionMatching.isExemptFromWebhooks(attributes)) {
            return;
        }
        List<FutureTask<List<String>>> calls = new ArrayList<>();
        for (Hook hook : hooks) {
            Optional<Invocation> invocation = matcher.match(hook, attributes, object, old);
            if (invocation.isPresent()) {
                int index = calls.size();
                calls.add(new FutureTask<>(() -> call(invocation.get(), attributes, object, old, index)));
            }
        }
        start(calls);
        for (FutureTask<List<String>> call : calls) {
            await(call).forEach(attributes.warnings());
        }
    }

    /// One call needs no thread of its own.
    private static void start(List<FutureTask<List<String>>> calls) {
        if (calls.size() == 1) {
            calls.getFirst().run();
            return;
        }
        calls.forEach(call -> VirtualThreads.background().name("webhook").start(call));
    }

    private static List<String> await(FutureTask<List<String>> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StatusException refusal
                    ? refusal
                    : new IllegalStateException("a validating webhook could not be asked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.unavailable("the server is shutting down");
        }
    }

    /// @return warnings for the client
    private List<String> call(
            Invocation invocation,
            AdmissionAttributes attributes,
            ObjectNode object,
            Optional<ObjectNode> old,
            int index) {
        Hook hook = invocation.hook();
        Optional<ServedResource> requested = matcher.requested(attributes);
        try {
            AdmissionReviews.Verdict verdict = caller.ask(
                    invocation,
                    attributes,
                    invocation.toHook(object, requested),
                    old.map(o -> invocation.toHook(o, requested)),
                    false);
            if (!verdict.allowed()) {
                throw HookCaller.refusal(hook.name(), verdict.status());
            }
            return verdict.warnings();
        } catch (WebhookException e) {
            if (!hook.ignoresFailure()) {
                throw HookCaller.failed(hook, e);
            }
            LOG.warn("failed calling webhook, failing open {}: {}", hook.name(), e.getMessage());
            attributes.notes().annotate(FAILED_OPEN + "round_0_index_" + index, hook.name());
            return List.of();
        }
    }
}
