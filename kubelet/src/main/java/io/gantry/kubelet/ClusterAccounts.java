package io.gantry.kubelet;

import io.gantry.api.StatusException;
import io.gantry.api.core.v1.pod.Pod;
import io.gantry.api.core.v1.serviceaccount.ServiceAccount;
import io.gantry.kubelet.cluster.Cluster;
import io.gantry.kubelet.credential.PodAccounts;
import io.gantry.kubelet.credential.ServiceAccountName;
import io.gantry.kubelet.runtime.PodIdentity;
import io.gantry.kubelet.volume.ServiceAccountTokens;
import java.util.Objects;

/// Service accounts for credential providers, from the API server: as it has them now, for their annotations say who
/// may pull.
record ClusterAccounts(Cluster cluster, ServiceAccountTokens tokens) implements PodAccounts {
    @Override
    public boolean has(Pod pod) {
        return !name(pod).isEmpty();
    }

    private static String name(Pod pod) {
        return Objects.requireNonNullElse(pod.spec().serviceAccountName(), "");
    }

    @Override
    public Account account(Pod pod) {
        PodIdentity id = PodIdentity.of(pod);
        ServiceAccount account = cluster.serviceAccount(id.namespace(), name(pod))
                .orElseThrow(() -> StatusException.notFound("", "serviceaccounts", name(pod)));
        String uid = Objects.requireNonNullElse(account.metadata().uid(), "");
        return new Account(
                new ServiceAccountName(uid, id.namespace(), name(pod)),
                id.uid(),
                account.metadata().annotations());
    }

    @Override
    public String token(Pod pod, String audience) {
        return Objects.requireNonNull(tokens.status(pod, audience, null).token(), "token");
    }
}
