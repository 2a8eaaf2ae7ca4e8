package io.gantry.kubelet.credential;

import java.util.Map;
import java.util.Optional;

/// What a credential provider is asked (`CredentialProviderRequest`).
///
/// @param image its name with the registry, without tag and digest
/// @param account empty where the provider is told of none
record PluginRequest(String image, Optional<PodAccount> account) {
    /// For whom an answer holds.
    ///
    /// @param account empty: for all pods of the node
    /// @param podUid and `token`: empty where it holds for all of the account's
    record Holder(Optional<ServiceAccountName> account, Map<String, String> annotations, String podUid, String token) {
        @Override
        public String toString() {
            return "Holder[" + account + " of " + podUid + "]";
        }
    }

    /// @param byToken whether what is said for one token holds for no other one
    Holder holder(boolean byToken) {
        return account.map(pod -> new Holder(
                        Optional.of(pod.account()),
                        pod.annotations(),
                        byToken ? pod.podUid() : "",
                        byToken ? pod.token() : ""))
                .orElse(new Holder(Optional.empty(), Map.of(), "", ""));
    }
}
