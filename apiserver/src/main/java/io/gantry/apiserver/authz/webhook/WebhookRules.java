package io.gantry.apiserver.authz.webhook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How a webhook is asked.
///
/// @param name of the authorizer
/// @param authorizedTtl how long a yes counts; zero to ask every time
/// @param unauthorizedTtl how long anything else counts; zero to ask every time
/// @param timeout of one question
/// @param version of the SubjectAccessReview that it is sent: `v1` or `v1beta1`
/// @param denies whether nobody else is asked when it cannot be
/// @param kubeconfig where it is, and as whom it is asked
/// @param conditions that must hold for it to be asked
public record WebhookRules(
        String name,
        Duration authorizedTtl,
        Duration unauthorizedTtl,
        Duration timeout,
        String version,
        boolean denies,
        Path kubeconfig,
        List<ReviewCondition> conditions) {
    public WebhookRules {
        conditions = List.copyOf(conditions);
    }
}
