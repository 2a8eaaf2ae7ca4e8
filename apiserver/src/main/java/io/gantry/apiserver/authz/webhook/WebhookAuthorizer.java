package io.gantry.apiserver.authz.webhook;

import io.gantry.apiserver.authz.Attributes;
import io.gantry.apiserver.authz.Authorizer;
import io.gantry.apiserver.authz.Decision;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.webhook.WebhookClient;
import io.gantry.apiserver.webhook.WebhookException;
import io.gantry.apiserver.webhook.WebhookPauses;
import io.gantry.apiserver.webhook.WebhookTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Asks a server elsewhere, by SubjectAccessReview. Thread-safe; blocks.
final class WebhookAuthorizer implements Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookAuthorizer.class);
    /// Questions whose words are longer are not remembered: whoever asks may choose them.
    private static final int REMEMBERED_WORDS = 10_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final WebhookRules rules;
    private final WebhookTarget target;
    private final WebhookClient client;
    private final WebhookMetrics metrics;
    private final AnswerCache answers;

    /// @throws IllegalArgumentException for a kubeconfig that cannot be used
    WebhookAuthorizer(WebhookRules rules, WebhookClient client, InstantSource clock, WebhookMetrics metrics) {
        this.rules = rules;
        this.target = WebhookTarget.load(rules.kubeconfig());
        this.client = client;
        this.metrics = metrics;
        this.answers = new AnswerCache(clock);
    }

    @Override
    public boolean isReady() {
        return false;
    }

    @Override
    public Decision decide(Attributes attributes) {
        try {
            if (!rules.conditions().isEmpty()
                    && !ReviewCondition.allHold(rules.conditions(), AccessQuestion.condition(attributes))) {
                return Decision.noOpinion("");
            }
        } catch (IllegalStateException noCondition) {
            return failed(String.valueOf(noCondition.getMessage()));
        }
        AccessQuestion question = AccessQuestion.of(attributes);
        String key = question.spec().toString();
        Optional<Decision> known = answers.get(key);
        return known.isPresent() ? known.get() : asked(question, key, words(attributes) < REMEMBERED_WORDS);
    }

    private Decision asked(AccessQuestion question, String key, boolean remember) {
        Decision decision;
        try {
            decision = decision(
                    answer(question.review(rules.version())).path("status") instanceof ObjectNode status
                            ? status
                            : Trees.empty());
        } catch (WebhookException e) {
            LOG.warn("failed to make webhook authorizer request: {}", e.getMessage());
            if (!rules.denies()) {
                metrics.failedOpen(rules.name(), result(e));
            }
            return failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("context canceled");
        }
        if (remember) {
            answers.put(key, decision, decision.allowed() ? rules.authorizedTtl() : rules.unauthorizedTtl());
        }
        return decision;
    }

    private static Decision decision(ObjectNode status) {
        String reason = Trees.text(status, "reason");
        boolean allowed = Trees.flag(status, "allowed");
        if (Trees.flag(status, "denied")) {
            return allowed
                    ? new Decision(
                            Decision.Verdict.DENY,
                            reason,
                            "webhook subject access review returned both allow and deny response")
                    : Decision.deny(reason);
        }
        return allowed ? Decision.allow(reason) : Decision.noOpinion(reason);
    }

    private Decision failed(String error) {
        return new Decision(rules.denies() ? Decision.Verdict.DENY : Decision.Verdict.NO_OPINION, "", error);
    }

    /// Asks again as long as the server says that it may be.
    private ObjectNode answer(ObjectNode review) throws WebhookException, InterruptedException {
        WebhookPauses pauses = new WebhookPauses(FIRST_PAUSE);
        for (int tries = 1; ; tries++) {
            try {
                return once(review);
            } catch (WebhookException e) {
                if (!e.passing() || tries == WebhookPauses.TRIES) {
                    throw e;
                }
            }
            Thread.sleep(pauses.next());
        }
    }

    /// One question, which is counted.
    private ObjectNode once(ObjectNode review) throws WebhookException, InterruptedException {
        long begin = System.nanoTime();
        WebhookMetrics.Result result = WebhookMetrics.Result.CANCELED;
        try {
            ObjectNode answer =
                    client.post(target::destination, target.address(), target.headers(), review, rules.timeout());
            result = WebhookMetrics.Result.SUCCESS;
            return answer;
        } catch (WebhookException e) {
            result = result(e);
            throw e;
        } finally {
            metrics.asked(rules.name(), result, System.nanoTime() - begin);
        }
    }

    private static WebhookMetrics.Result result(WebhookException failure) {
        return failure.timedOut() ? WebhookMetrics.Result.TIMEOUT : WebhookMetrics.Result.ERROR;
    }

    private static int words(Attributes attributes) {
        return attributes.namespace().length()
                + attributes.verb().length()
                + attributes.group().length()
                + attributes.version().length()
                + attributes.resource().length()
                + attributes.subresource().length()
                + attributes.name().length()
                + attributes.path().length();
    }
}
