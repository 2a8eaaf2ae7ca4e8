package io.gantry.kubelet.credential;

import io.gantry.api.core.v1.pod.Pod;
import java.util.Map;

/// Where credential providers learn of pods' service accounts. Calls but the first block and throw
/// [io.gantry.api.StatusException].
public interface PodAccounts {
    /// A service account.
    ///
    /// @param podUid of the pod that was asked for
    record Account(ServiceAccountName name, String podUid, Map<String, String> annotations) {}

    /// Whether the pod has one: static pods do not.
    boolean has(Pod pod);

    /// The one that it has.
    Account account(Pod pod);

    /// A token of it for an audience, bound to the pod.
    String token(Pod pod, String audience);
}
