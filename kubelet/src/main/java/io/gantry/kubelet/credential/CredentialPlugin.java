package io.gantry.kubelet.credential;

import io.gantry.api.core.v1.pod.Pod;
import io.gantry.kubelet.runtime.RegistryLogin;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A credential provider with what it has said already. Thread-safe: pulls of one image that begin together ask once.
final class CredentialPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialPlugin.class);

    private final CredentialProvider provider;
    private final AccountRequests requests;
    private final PluginCall call;
    private final InstantSource clock;
    private final AnswerCache cache;
    private final Map<PluginRequest, FutureTask<Map<String, RegistryLogin>>> asked = new ConcurrentHashMap<>();

    CredentialPlugin(CredentialProvider provider, PodAccounts accounts, PluginCall call, InstantSource clock) {
        this.provider = provider;
        this.requests = new AccountRequests(provider, accounts);
        this.call = call;
        this.clock = clock;
        this.cache = new AnswerCache(provider.defaultCacheDuration(), provider.isByToken());
    }

    /// None where the provider is not for the image or the pod, and where it fails: the log says why.
    ///
    /// @param image its name with the registry, without tag and digest
    PluginLogins logins(Pod pod, String image) throws InterruptedException {
        if (!provider.isFor(RegistryPattern.parse(image))) {
            return PluginLogins.NONE;
        }
        Optional<PluginRequest> request = requests.of(pod, image);
        if (request.isEmpty()) {
            return PluginLogins.NONE;
        }
        Optional<Map<String, RegistryLogin>> known = cache.find(request.get(), clock.instant());
        return new PluginLogins(
                known.isPresent() ? known.get() : together(request.get()),
                request.get().account().map(PodAccount::account));
    }

    /// In a thread of its own: whoever asked first may give up while others wait.
    private Map<String, RegistryLogin> together(PluginRequest request) throws InterruptedException {
        FutureTask<Map<String, RegistryLogin>> task = asked.computeIfAbsent(request, key -> {
            FutureTask<Map<String, RegistryLogin>> fresh = new FutureTask<>(() -> askOnce(key));
            Thread.ofVirtual().name("credentials-" + provider.name()).start(fresh);
            return fresh;
        });
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking " + provider.name() + " for credentials", e.getCause());
        }
    }

    /// What is said is for those who wait already, and is kept for later ones as long as it holds.
    private Map<String, RegistryLogin> askOnce(PluginRequest request) throws InterruptedException {
        try {
            return ask(request);
        } finally {
            asked.remove(request);
        }
    }

    private Map<String, RegistryLogin> ask(PluginRequest request) throws InterruptedException {
        try {
            PluginAnswer answer = call.ask(request);
            refuseEcho(request, answer);
            cache.keep(request, answer, clock.instant());
            return answer.logins();
        } catch (PluginFailure failure) {
            LOG.error("no credentials of credential provider {}: {}", provider.name(), failure.getMessage());
            return Map.of();
        }
    }

    /// A token is bound to one pod and soon too old: what is kept for the whole account must not be one.
    private void refuseEcho(PluginRequest request, PluginAnswer answer) throws PluginFailure {
        if (provider.isByToken() || request.account().isEmpty()) {
            return;
        }
        String token = request.account().get().token();
        if (answer.logins().values().stream().anyMatch(login -> login.password().equals(token))) {
            throw new PluginFailure("credential provider plugin returned the service account token as the password for"
                    + " image \"" + request.image() + "\", which is not allowed when service account cache type is not"
                    + " set to 'Token'");
        }
    }
}
