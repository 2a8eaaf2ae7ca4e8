package io.gantry.kubelet.credential;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of the `providers` of a `CredentialProviderConfig`.
///
/// @param name of the program as well
/// @param apiVersion that the program speaks
/// @param matchImages for which images it is asked
/// @param defaultCacheDuration for how long an answer holds that does not say so; zero: for one image alone
/// @param env beside the kubelet's own
/// @param tokens what it is told of pods' service accounts; empty: nothing
public record CredentialProvider(
        String name,
        String apiVersion,
        List<RegistryPattern> matchImages,
        Duration defaultCacheDuration,
        List<String> args,
        Map<String, String> env,
        Optional<TokenAttributes> tokens) {
    public CredentialProvider {
        matchImages = List.copyOf(matchImages);
        args = List.copyOf(args);
        env = Map.copyOf(env);
    }

    /// Whether what it says for one token of a service account holds for no other one.
    boolean isByToken() {
        return tokens.filter(TokenAttributes::byToken).isPresent();
    }

    /// @param image its name with the registry, without tag and digest
    boolean isFor(RegistryPattern image) {
        return matchImages.stream().anyMatch(pattern -> pattern.matches(image));
    }
}
