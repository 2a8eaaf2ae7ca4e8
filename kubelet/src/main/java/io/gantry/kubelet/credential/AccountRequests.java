package io.gantry.kubelet.credential;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a credential provider is asked for a pod: with the pod's service account where the provider wants that
/// (upstream `pkg/credentialprovider/plugin/plugin.go`, `provide`). Thread-safe.
final class AccountRequests {
    private static final Logger LOG = LoggerFactory.getLogger(AccountRequests.class);

    private final CredentialProvider provider;
    private final PodAccounts accounts;

    AccountRequests(CredentialProvider provider, PodAccounts accounts) {
        this.provider = provider;
        this.accounts = accounts;
    }

    /// Empty where it is not to be asked: the pod or its service account lacks what it needs, or there is no token.
    Optional<PluginRequest> of(Pod pod, String image) {
        if (provider.tokens().isEmpty()) {
            return Optional.of(new PluginRequest(image, Optional.empty()));
        }
        TokenAttributes wanted = provider.tokens().get();
        if (!accounts.has(pod)) {
            return wanted.needsAccount() ? Optional.empty() : Optional.of(new PluginRequest(image, Optional.empty()));
        }
        try {
            PodAccounts.Account account = accounts.account(pod);
            if (!account.annotations().keySet().containsAll(wanted.required())) {
                LOG.debug("{} is not asked for {}: annotations are missing", provider.name(), account.name());
                return Optional.empty();
            }
            String token = accounts.token(pod, wanted.audience());
            return Optional.of(new PluginRequest(
                    image,
                    Optional.of(new PodAccount(account.name(), account.podUid(), token, told(wanted, account)))));
        } catch (StatusException e) {
            LOG.error("credential provider {} is not asked for {}: {}", provider.name(), image, e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, String> told(TokenAttributes wanted, PodAccounts.Account account) {
        Map<String, String> told = new TreeMap<>(); // Go writes maps in the order of their keys
        account.annotations().forEach((key, value) -> {
            if (wanted.required().contains(key) || wanted.optional().contains(key)) {
                told.put(key, value);
            }
        });
        return told;
    }
}
