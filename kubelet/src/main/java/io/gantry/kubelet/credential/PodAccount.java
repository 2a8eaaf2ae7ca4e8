package io.gantry.kubelet.credential;

import io.gantry.api.Copies;
import java.util.Map;

/// A pod's service account, as a credential provider is told of it.
///
/// @param podUid of the pod that the token is bound to
/// @param token for the audience that the provider is configured with
record PodAccount(ServiceAccountName account, String podUid, String token, Map<String, String> annotations) {
    PodAccount {
        annotations = Copies.map(annotations);
    }

    @Override
    public String toString() {
        return "PodAccount[" + account + " of " + podUid + "]";
    }
}
