package io.gantry.apiserver.policy;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.Store;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// What writing a policy, its binding or a webhook's configuration does beside the object: expressions are compiled,
/// and the answer waits until this server acts by what was written.
public final class PolicyWrites implements WriteHook {
    private static final Duration FOLLOWED = Duration.ofSeconds(1);
    private static final String GROUP = ".admissionregistration.k8s.io";
    private static final String VALIDATING = "validatingadmissionpolicies";

    /// Checks an object that is written.
    private interface Check {
        void check(ObjectNode object, FieldErrors errors);
    }

    private final Store store;
    private final CacheFeed feed;
    private final Check check;
    private final Consumer<String> written;

    private PolicyWrites(Store store, CacheFeed feed, Check check, Consumer<String> written) {
        this.store = store;
        this.feed = feed;
        this.check = check;
        this.written = written;
    }

    /// The hooks by group and resource.
    ///
    /// @param validatingPolicyWritten is told the name of each ValidatingAdmissionPolicy that was written; must not
    ///     block
    public static Map<String, WriteHook> hooks(Store store, CacheFeed feed, Consumer<String> validatingPolicyWritten) {
        Map<String, WriteHook> hooks = new LinkedHashMap<>();
        Consumer<String> nobody = name -> {};
        // Written as lambdas that name the checks: their classes are loaded when something is written.
        Check policy = (object, errors) -> PolicyChecks.policy(object, errors);
        Check webhooks = (object, errors) -> {
            boolean conditions = Trees.list(object, "webhooks").stream()
                    .anyMatch(webhook -> !webhook.path("matchConditions").isEmpty());
            if (conditions) {
                PolicyChecks.webhooks(object, errors);
            }
        };
        Check nothing = (object, errors) -> {};
        hooks.put(VALIDATING + GROUP, new PolicyWrites(store, feed, policy, validatingPolicyWritten));
        hooks.put("mutatingadmissionpolicies" + GROUP, new PolicyWrites(store, feed, policy, nobody));
        hooks.put("validatingadmissionpolicybindings" + GROUP, new PolicyWrites(store, feed, nothing, nobody));
        hooks.put("mutatingadmissionpolicybindings" + GROUP, new PolicyWrites(store, feed, nothing, nobody));
        hooks.put("validatingwebhookconfigurations" + GROUP, new PolicyWrites(store, feed, webhooks, nobody));
        hooks.put("mutatingwebhookconfigurations" + GROUP, new PolicyWrites(store, feed, webhooks, nobody));
        return hooks;
    }

    @Override
    public Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun) {
        boolean own = call.info().subresource().isEmpty();
        if (own
                && !old.map(o -> o.path("spec").equals(object.path("spec")) && !object.has("webhooks"))
                        .orElse(false)) {
            check(call, object);
        }
        String name = Trees.name(object);
        return done -> {
            if (done) {
                follow();
                if (own) {
                    written.accept(name);
                }
            }
        };
    }

    @Override
    public void deleted(ObjectNode object) {
        follow();
    }

    private void follow() {
        try {
            feed.await(store.currentRevision(), FOLLOWED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(Call call, ObjectNode object) {
        FieldErrors found = new FieldErrors();
        check.check(object, found);
        if (found.isEmpty()) {
            return;
        }
        // Whoever made several mistakes is told them all.
        FieldErrors all = new FieldErrors();
        call.resource().rules().validate(object, all);
        found.all().forEach(all::add);
        throw StatusException.invalid(call.resource().group(), call.resource().kind(), Trees.name(object), all.all());
    }
}
